-- Deliveries that nobody needs any more, because their time is over (an acknowledgement of last week).
WITH outlived AS (
    SELECT outbox_id FROM outbox
    WHERE state = 'queued' AND expires_at < clock_timestamp()
    FOR UPDATE SKIP LOCKED
), cancelled AS (
    UPDATE outbox SET state = 'cancelled', outcome = 'outlived'
    FROM outlived
    WHERE outbox.outbox_id = outlived.outbox_id
    RETURNING outbox.outbox_id, outbox.question_id, outbox.assignment_id
)
INSERT INTO event (kind, question_id, assignment_id, outbox_id, details)
SELECT 'delivery_cancelled', question_id, assignment_id, outbox_id, '{"reason": "outlived"}'
FROM cancelled
RETURNING outbox_id
