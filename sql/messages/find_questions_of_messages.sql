-- Which question, open or answered, does each of these messages belong to? Of the account's own: the one they were for, or
-- what that was merged into.
--   message_ids  text[]
SELECT message.message_id, question.question_id
FROM message
LEFT JOIN outbox ON outbox.outbox_id = message.outbox_id
JOIN question AS own ON own.question_id = coalesce(message.question_id, outbox.question_id)
JOIN question ON question.question_id = coalesce(own.merged_into, own.question_id)
WHERE message.message_id = ANY(CAST(:message_ids AS text[])) AND (question.closed_at IS NULL OR question.state = 'answered')
