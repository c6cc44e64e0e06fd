-- Deliveries whose worker died or froze while sending: whether they left is unknown (law 6).
WITH lapsed AS (
    SELECT outbox_id FROM outbox
    WHERE state = 'sending' AND lease_until < clock_timestamp()
    ORDER BY lease_until
    FOR UPDATE SKIP LOCKED
), uncertain AS (
    UPDATE outbox
    SET state = 'uncertain', uncertain_at = clock_timestamp(), lease_until = NULL, leased_by = NULL, walks_without = 0,
        outcome = 'lease lapsed'
    FROM lapsed
    WHERE outbox.outbox_id = lapsed.outbox_id
    RETURNING outbox.outbox_id, outbox.question_id, outbox.assignment_id
)
INSERT INTO event (kind, question_id, assignment_id, outbox_id, details)
SELECT 'delivery_uncertain', question_id, assignment_id, outbox_id, '{"reason": "lease lapsed"}'
FROM uncertain
RETURNING outbox_id
