-- What each message was taken for, and the question it belongs to.
--   message_ids, purposes  text[]
--   question_ids           bigint[]
UPDATE message
SET purpose = given.purpose, question_id = given.question_id
FROM unnest(CAST(:message_ids AS text[]), CAST(:purposes AS text[]), CAST(:question_ids AS bigint[]))
     AS given (message_id, purpose, question_id)
WHERE message.message_id = given.message_id
