-- Take conversations to walk; until the lease is over nobody else takes them. The walk's beginning is machine time.
--   limit          int
--   lease_seconds  double precision
WITH due AS (
    SELECT user_id FROM pull_todo
    WHERE next_attempt_at <= clock_timestamp()
    ORDER BY next_attempt_at, user_id
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
)
UPDATE pull_todo
SET next_attempt_at = clock_timestamp() + make_interval(secs => :lease_seconds)
FROM due JOIN citizen ON citizen.user_id = due.user_id
WHERE pull_todo.user_id = due.user_id
RETURNING pull_todo.user_id, clock_timestamp() AS began_at, citizen.complete_to, pull_todo.seen_id, pull_todo.attempts,
          pull_todo.added_at AS version
