-- Questions as their answers need them, whoever holds them.
--   question_ids  bigint[]
SELECT question_id, case_code, question.user_id, display_name AS asker, state, text, sensitive, received_at,
       coalesce(promised_on, due_by_rule_on) AS due_on
FROM question JOIN citizen USING (user_id)
WHERE question_id = ANY(CAST(:question_ids AS bigint[]))
ORDER BY due_on, question_id
