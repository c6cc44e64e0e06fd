-- What the citizen wrote to a question, oldest first.
--   question_id  bigint
SELECT sent_at, kind, text
FROM message
WHERE question_id = :question_id AND purpose IN ('question', 'media', 'abuse', 'follow_up', 'late')
ORDER BY sent_at, message_id
