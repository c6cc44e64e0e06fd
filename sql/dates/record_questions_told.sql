-- The citizens are told of these new dates.
--   question_ids  bigint[]
UPDATE question SET moved_from = NULL WHERE question_id = ANY(CAST(:question_ids AS bigint[]))
