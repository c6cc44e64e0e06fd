-- The public code of a question.
--   question_id  bigint
SELECT case_code FROM question WHERE question_id = :question_id
