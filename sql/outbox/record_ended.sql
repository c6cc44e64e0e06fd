-- One delivery failed for good, or nobody knows whether it left. What follows a part of an answer that failed is not sent.
--   outbox_id  bigint
--   state      text   failed or uncertain
--   outcome    text
WITH ended AS (
    UPDATE outbox
    SET state = :state, outcome = :outcome, lease_until = NULL, leased_by = NULL, walks_without = 0,
        uncertain_at = CASE WHEN :state = 'uncertain' THEN clock_timestamp() END
    WHERE outbox_id = :outbox_id AND state IN ('sending', 'uncertain')
    RETURNING outbox_id, key, question_id, assignment_id
), dropped AS (
    UPDATE outbox SET state = 'cancelled', outcome = 'rest of an answer'
    FROM ended
    WHERE :state = 'failed' AND ended.key LIKE 'answer:%' AND outbox.question_id = ended.question_id
      AND outbox.state = 'queued' AND starts_with(outbox.key, 'answer:' || split_part(ended.key, ':', 2) || ':')
)
INSERT INTO event (kind, question_id, assignment_id, outbox_id, details)
SELECT 'delivery_' || :state, question_id, assignment_id, outbox_id, jsonb_build_object('reason', CAST(:outcome AS text))
FROM ended
