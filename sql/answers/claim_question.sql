-- One question, held for the decision on its answer.
--   question_id  bigint
SELECT question_id FROM question WHERE question_id = :question_id FOR UPDATE
