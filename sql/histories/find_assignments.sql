-- The units that have a question.
--   question_id  bigint
SELECT assignment.unit_code, assignment.place_unit, unit.name, assignment.state, assignment.told_on,
       assignment.unit_due_on, assignment.lettered_on, assignment.lettered_at, assignment.replied_at
FROM assignment JOIN unit USING (unit_code)
WHERE assignment.question_id = :question_id
ORDER BY assignment.assignment_id
