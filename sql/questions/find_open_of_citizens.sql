-- The questions of these citizens that are not closed, and those closed in the last month for want of a reply, which any
-- reply opens again. The date is the last that the citizen was told.
--   user_ids  text[]
SELECT user_id, question_id, case_code, state, topics, received_at, last_message_at,
       greatest(promised_on, agreed_on) AS promised_on, sensitive,
       state = 'awaiting_citizen' OR closed_unanswered AS awaits_citizen
FROM question
WHERE (closed_at IS NULL OR closed_unanswered) AND user_id = ANY(CAST(:user_ids AS text[]))
  AND (closed_at IS NULL OR closed_at > clock_timestamp() - interval '1 month')
ORDER BY user_id, question_id
