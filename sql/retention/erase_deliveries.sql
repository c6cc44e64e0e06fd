-- Clear what was sent once its time is over; who got what kind of letter when, and with which outcome, stays.
--   before  timestamptz
--   limit   int
WITH old AS (
    SELECT outbox_id FROM outbox
    WHERE recorded_at < CAST(:before AS timestamptz) AND parts IS NOT NULL AND state IN ('sent', 'failed', 'cancelled')
    ORDER BY recorded_at
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
)
UPDATE outbox SET parts = NULL, body = NULL
FROM old WHERE outbox.outbox_id = old.outbox_id
RETURNING outbox.outbox_id
