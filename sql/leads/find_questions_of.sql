-- The questions of these assignments.
--   assignment_ids  bigint[]
SELECT DISTINCT question_id FROM assignment WHERE assignment_id = ANY(CAST(:assignment_ids AS bigint[]))
