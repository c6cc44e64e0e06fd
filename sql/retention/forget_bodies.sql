-- Clear the bytes of letters that left: they are there to be sent a second time, which is over once the own copy has come
-- back, or long after. A letter that carries pages is megabytes; what it was made of stays for its own time.
--   sent_before  timestamptz   without its own copy, a letter that left before then is not repeated any more
--   limit        int
WITH left_for_good AS (
    SELECT outbox_id FROM outbox
    WHERE outbox_id IN (
        (SELECT outbox_id FROM outbox
         WHERE channel = 'mail' AND state = 'sent' AND body IS NOT NULL AND copy_seen_at IS NOT NULL
         LIMIT :limit)
        UNION ALL
        (SELECT outbox_id FROM outbox
         WHERE channel = 'mail' AND state = 'sent' AND body IS NOT NULL AND copy_seen_at IS NULL
           AND sent_at < CAST(:sent_before AS timestamptz)
         LIMIT :limit))
    FOR UPDATE SKIP LOCKED
)
UPDATE outbox SET body = NULL
FROM left_for_good WHERE outbox.outbox_id = left_for_good.outbox_id
RETURNING outbox.outbox_id
