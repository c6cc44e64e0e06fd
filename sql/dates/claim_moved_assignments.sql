-- Assignments whose date has moved and whose unit was not told yet, unit by unit.
SELECT assignment.assignment_id, assignment.unit_code, assignment.place_unit, question.case_code,
       assignment.moved_from, assignment.told_on
FROM assignment JOIN question USING (question_id)
WHERE assignment.moved_from IS NOT NULL AND assignment.state = 'awaiting'
ORDER BY assignment.unit_code, assignment.place_unit, assignment.assignment_id
FOR UPDATE OF assignment SKIP LOCKED
