-- The Ban Quản trị is told of these questions.
--   question_ids  bigint[]
--   as_of         timestamptz
UPDATE question SET reported_at = CAST(:as_of AS timestamptz) WHERE question_id = ANY(CAST(:question_ids AS bigint[]))
