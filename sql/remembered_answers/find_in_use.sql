-- Which answers are in use for questions of these topics, the newest first? Those that letters show already as well.
--   topics     text[]
--   shown_ids  bigint[]
SELECT remembered_answer_id, question.case_code, question_text, answer_text, remembered_answer.topics, letter_numbers,
       letter_dates, laws, answered_on, retired_at IS NOT NULL AS is_retired
FROM remembered_answer JOIN question USING (question_id)
WHERE retired_at IS NULL AND remembered_answer.topics && CAST(:topics AS text[])
   OR remembered_answer_id = ANY(CAST(:shown_ids AS bigint[]))
ORDER BY answered_on DESC, remembered_answer_id DESC
