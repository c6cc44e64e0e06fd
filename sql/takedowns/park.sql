-- What a rule broke on waits until a person has looked.
--   takedown_ids  bigint[]
UPDATE takedown SET next_attempt_at = 'infinity', lease_until = NULL, leased_by = NULL, outcome = 'set aside'
WHERE takedown_id = ANY(CAST(:takedown_ids AS bigint[]))
