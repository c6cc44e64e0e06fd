-- What a rule broke on waits until a person has looked.
--   publication_ids  bigint[]
UPDATE publication SET next_attempt_at = 'infinity', lease_until = NULL, leased_by = NULL, outcome = 'set aside'
WHERE publication_id = ANY(CAST(:publication_ids AS bigint[]))
