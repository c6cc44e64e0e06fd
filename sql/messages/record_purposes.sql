-- What each message was taken for, and the question it belongs to. More to a question that no unit has yet needs not be
-- passed on: its text holds it.
--   message_ids, purposes  text[]
--   question_ids           bigint[]
UPDATE message
SET purpose = given.purpose, question_id = given.question_id,
    passed_on_at = CASE WHEN given.state <> 'routed' THEN clock_timestamp() END
FROM (
    SELECT taken.message_id, taken.purpose, taken.question_id, question.state
    FROM unnest(CAST(:message_ids AS text[]), CAST(:purposes AS text[]), CAST(:question_ids AS bigint[]))
         AS taken (message_id, purpose, question_id)
    LEFT JOIN question USING (question_id)
) AS given
WHERE message.message_id = given.message_id
