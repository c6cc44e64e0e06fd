-- Which open question does each of these messages belong to? Of the OA's own messages: the one they were written for.
--   message_ids  text[]
SELECT message.message_id, question.question_id
FROM message
LEFT JOIN outbox ON outbox.outbox_id = message.outbox_id
JOIN question ON question.question_id = coalesce(message.question_id, outbox.question_id)
WHERE message.message_id = ANY(CAST(:message_ids AS text[])) AND question.closed_at IS NULL
