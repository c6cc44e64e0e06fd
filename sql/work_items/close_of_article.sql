-- What became of an article makes work about it pointless.
--   content_item_id  bigint
--   kinds            text[]
--   outcome          text
UPDATE work_item SET closed_at = clock_timestamp(), closed_by = 'desk', outcome = :outcome
WHERE content_item_id = :content_item_id AND kind = ANY(CAST(:kinds AS text[])) AND closed_at IS NULL
