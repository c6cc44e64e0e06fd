-- The answer to a question that is kept for like ones; nothing where none is in use.
--   case_code  text
SELECT answer_text
FROM remembered_answer JOIN question USING (question_id)
WHERE question.case_code = :case_code AND retired_at IS NULL
