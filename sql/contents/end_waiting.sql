-- Nobody is reminded of these articles any more: developers look at them (law 7).
--   content_item_ids  bigint[]
UPDATE content_item SET waits_for = NULL WHERE content_item_id = ANY(CAST(:content_item_ids AS bigint[]))
