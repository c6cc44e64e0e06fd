-- Letters show these answers beside these questions from now on.
--   question_ids, remembered_answer_ids  bigint[]
INSERT INTO shown_answer (question_id, remembered_answer_id)
SELECT * FROM unnest(CAST(:question_ids AS bigint[]), CAST(:remembered_answer_ids AS bigint[]))
ON CONFLICT (question_id) DO NOTHING
