-- The questions of these citizens that are not closed, those closed in the last month for want of a reply, which any reply
-- opens again, and those answered since an instant, which may be asked on about. The date is the last that the citizen was
-- told; it is due by the regulation's where none was. merged_codes: of questions that were merged into it.
--   user_ids        text[]
--   answered_since  timestamptz
SELECT user_id, question_id, case_code, state, topics, received_at, last_message_at,
       greatest(promised_on, agreed_on) AS promised_on,
       coalesce(greatest(promised_on, agreed_on), due_by_rule_on) AS due_on, sensitive, urgent,
       state = 'awaiting_citizen' OR closed_unanswered AS awaits_citizen,
       CASE WHEN state = 'answered' THEN coalesce(answered_at, closed_at) END AS answered_at,
       ARRAY(SELECT merged.case_code FROM question AS merged WHERE merged.merged_into = question.question_id
             ORDER BY merged.question_id) AS merged_codes
FROM question
WHERE user_id = ANY(CAST(:user_ids AS text[]))
  AND (closed_at IS NULL OR closed_unanswered OR state = 'answered')
  AND (closed_at IS NULL OR closed_unanswered AND closed_at > clock_timestamp() - interval '1 month'
       OR state = 'answered' AND closed_at > CAST(:answered_since AS timestamptz))
ORDER BY user_id, question_id
