-- Questions that the duty officer answers, as the letter about them shows them.
--   question_ids  bigint[]
SELECT question_id, case_code, text, topics, received_at, due_by_rule_on AS due_on, promised_because AS because
FROM question
WHERE question_id = ANY(CAST(:question_ids AS bigint[])) AND state = 'with_duty'
ORDER BY question_id
