-- One delivery was not done and may pass later.
--   outbox_id      bigint
--   wait_seconds   double precision
--   outcome        text
--   worker         text      whose lease it is
--   counts         boolean   false gives the attempt back: it was not this row's doing
UPDATE outbox
SET state = 'queued', next_attempt_at = clock_timestamp() + make_interval(secs => :wait_seconds), outcome = :outcome,
    attempts = attempts - CASE WHEN :counts THEN 0 ELSE 1 END, lease_until = NULL, leased_by = NULL
WHERE outbox_id = :outbox_id AND state = 'sending' AND leased_by = :worker
