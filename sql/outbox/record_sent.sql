-- One delivery is out. Also true of a row whose lease has lapsed meanwhile: that it left is a fact.
--   outbox_id   bigint
--   outside_id  text   Zalo's message id, the mail server's queue id
--   outcome     text
WITH sent AS (
    UPDATE outbox
    SET state = 'sent', sent_at = clock_timestamp(), outside_id = :outside_id, outcome = :outcome, lease_until = NULL,
        leased_by = NULL, uncertain_at = NULL
    WHERE outbox_id = :outbox_id AND state IN ('sending', 'uncertain', 'queued')
    RETURNING outbox_id, question_id, assignment_id
)
INSERT INTO event (kind, question_id, assignment_id, outbox_id)
SELECT 'delivered', question_id, assignment_id, outbox_id FROM sent
