-- Clear the bytes of letters whose own copy has come back: they are there to be sent a second time, which is over then. A
-- letter that carries pages is megabytes; what it was made of stays for its own time.
--   limit  int
WITH left_for_good AS (
    SELECT outbox_id FROM outbox
    WHERE channel = 'mail' AND state = 'sent' AND body IS NOT NULL AND copy_seen_at IS NOT NULL
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
)
UPDATE outbox SET body = NULL
FROM left_for_good WHERE outbox.outbox_id = left_for_good.outbox_id
RETURNING outbox.outbox_id
