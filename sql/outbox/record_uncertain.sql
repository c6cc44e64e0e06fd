-- Nobody knows whether one delivery left.
--   outbox_id  bigint
--   outcome    text
WITH uncertain AS (
    UPDATE outbox
    SET state = 'uncertain', outcome = :outcome, lease_until = NULL, leased_by = NULL, walks_without = 0,
        uncertain_at = clock_timestamp()
    WHERE outbox_id = :outbox_id AND state IN ('sending', 'uncertain')
    RETURNING outbox_id, question_id, assignment_id
)
INSERT INTO event (kind, question_id, assignment_id, outbox_id, details)
SELECT 'delivery_uncertain', question_id, assignment_id, outbox_id, jsonb_build_object('reason', CAST(:outcome AS text))
FROM uncertain
