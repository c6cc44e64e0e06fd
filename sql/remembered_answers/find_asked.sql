-- Questions as they are compared with answered ones, and which answer letters show beside each.
--   question_ids  bigint[]
SELECT question.question_id, text, topics, sensitive IS NOT NULL OR urgent IS NOT NULL AS is_narrow,
       remembered_answer_id AS shown_id
FROM question LEFT JOIN shown_answer USING (question_id)
WHERE question.question_id = ANY(CAST(:question_ids AS bigint[]))
