-- All units that were ever asked these questions.
--   question_ids  bigint[]
SELECT assignment_id, question_id, case_code, unit_code, place_unit, assignment.state, assignment.version
FROM assignment JOIN question USING (question_id)
WHERE question_id = ANY(CAST(:question_ids AS bigint[]))
ORDER BY assignment_id
