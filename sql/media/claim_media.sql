-- Take files to fetch; until the lease is over nobody else takes them.
--   limit          int
--   lease_seconds  double precision
WITH due AS (
    SELECT message_id FROM media
    WHERE next_attempt_at <= clock_timestamp()
    ORDER BY next_attempt_at, message_id
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
)
UPDATE media
SET next_attempt_at = clock_timestamp() + make_interval(secs => :lease_seconds), attempts = attempts + 1
FROM due
WHERE media.message_id = due.message_id
RETURNING media.message_id, media.url, media.attempts
