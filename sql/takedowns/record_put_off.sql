-- An article is taken off Zalo later. An attempt that was nobody's fault is given back.
--   takedown_id      bigint
--   worker, outcome  text
--   wait_seconds     double precision
--   counts           boolean
UPDATE takedown
SET next_attempt_at = clock_timestamp() + make_interval(secs => :wait_seconds), lease_until = NULL, leased_by = NULL,
    attempts = CASE WHEN :counts THEN attempts ELSE attempts - 1 END, outcome = :outcome
WHERE takedown_id = :takedown_id AND leased_by = :worker AND state = 'ordered'
