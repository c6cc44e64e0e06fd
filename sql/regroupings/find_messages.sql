-- What a citizen wrote to a question, oldest first, and whether units were given it.
--   question_id  bigint
SELECT message_id, sent_at, kind, text, quoted_id, purpose IN ('follow_up', 'late') AS was_added,
       passed_on_at IS NOT NULL AS passed_on
FROM message
WHERE question_id = :question_id AND purpose IN ('question', 'media', 'abuse', 'follow_up', 'late')
ORDER BY sent_at, message_id
