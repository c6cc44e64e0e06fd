-- A question at its units, first asked first.
--   question_id  bigint
SELECT assignment_id, unit_code, place_unit, state, version, told_on, lettered_at
FROM assignment
WHERE question_id = :question_id
ORDER BY assignment_id
