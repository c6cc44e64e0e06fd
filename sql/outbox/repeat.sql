-- Send these once more, the same bytes; never a third time.
--   outbox_ids  bigint[]
UPDATE outbox
SET state = 'queued', repeated = true, uncertain_at = NULL, walks_without = 0, next_attempt_at = clock_timestamp()
WHERE outbox_id = ANY(CAST(:outbox_ids AS bigint[])) AND state = 'uncertain'
