-- Deliveries of which an echo was found have left, whatever was thought before; Zalo's clock says when.
--   outbox_ids   bigint[]
--   outside_ids  text[]
--   sent_ats     timestamptz[]
WITH settled AS (
    UPDATE outbox
    SET state = 'sent', outside_id = given.outside_id, sent_at = given.sent_at, outcome = 'echo', lease_until = NULL,
        leased_by = NULL, uncertain_at = NULL
    FROM unnest(CAST(:outbox_ids AS bigint[]), CAST(:outside_ids AS text[]), CAST(:sent_ats AS timestamptz[]))
         AS given (outbox_id, outside_id, sent_at)
    WHERE outbox.outbox_id = given.outbox_id AND outbox.state IN ('queued', 'sending', 'uncertain')
    RETURNING outbox.outbox_id, outbox.question_id, outbox.assignment_id
)
INSERT INTO event (kind, question_id, assignment_id, outbox_id, details)
SELECT 'delivered', question_id, assignment_id, outbox_id, '{"by": "echo"}' FROM settled
RETURNING outbox_id
