-- Questions whose promise has moved and whose citizen was not told yet, with the units asked.
--   limit  int
SELECT question.question_id, question.case_code, question.user_id, question.received_at, question.promised_on,
       ARRAY(SELECT assignment.unit_code || coalesce(':' || assignment.place_unit, '')
             FROM assignment WHERE assignment.question_id = question.question_id
             ORDER BY assignment.assignment_id) AS units
FROM question
WHERE question.moved_from IS NOT NULL AND question.closed_at IS NULL
ORDER BY question.question_id
LIMIT :limit
FOR UPDATE OF question SKIP LOCKED
