-- The questions of these citizens that are not closed.
--   user_ids  text[]
SELECT user_id, question_id, case_code, state, topics, received_at, last_message_at, promised_on, sensitive
FROM question
WHERE closed_at IS NULL AND user_id = ANY(CAST(:user_ids AS text[]))
ORDER BY user_id, question_id
