-- An article that certainly has not left goes to everybody later. An attempt that was nobody's fault is given back.
--   broadcast_id     bigint
--   worker, outcome  text
--   wait_seconds     double precision
--   counts           boolean
UPDATE broadcast
SET state = 'waiting', next_attempt_at = clock_timestamp() + make_interval(secs => :wait_seconds), lease_until = NULL,
    left_at = NULL, leased_by = NULL, attempts = CASE WHEN :counts THEN attempts ELSE attempts - 1 END, outcome = :outcome
WHERE broadcast_id = :broadcast_id AND leased_by = :worker AND state = 'leaving'
