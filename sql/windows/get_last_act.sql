-- When did the citizen of a question act last, as far as is known?
--   question_id  bigint
SELECT case_code, coalesce(last_act_at, window_closes_at - interval '7 days') AS last_act_at
FROM question JOIN citizen USING (user_id)
WHERE question_id = :question_id
