-- Questions at their units, first asked first.
--   question_ids  bigint[]
SELECT question_id, assignment_id, unit_code, place_unit, state, version, told_on, lettered_at
FROM assignment
WHERE question_id = ANY(CAST(:question_ids AS bigint[]))
ORDER BY assignment_id
