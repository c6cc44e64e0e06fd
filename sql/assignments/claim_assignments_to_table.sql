-- Questions that wait for their unit's next table, with what the table shows; those of one provincial office together.
--   limit  int
SELECT assignment.assignment_id, assignment.unit_code, assignment.place_unit, assignment.told_on, assignment.lettered_on,
       question.question_id, question.case_code, question.text, question.received_at, question.topics,
       question.unit_count, question.promised_on, question.promised_because,
       ARRAY(SELECT other.unit_code || coalesce(':' || other.place_unit, '') FROM assignment AS other
             WHERE other.question_id = assignment.question_id AND other.assignment_id <> assignment.assignment_id
               AND other.state <> 'withdrawn'
             ORDER BY other.assignment_id) AS other_units
FROM assignment JOIN question USING (question_id)
WHERE assignment.lettered_at IS NULL AND assignment.state = 'awaiting'
ORDER BY assignment.unit_code, assignment.place_unit, assignment.assignment_id
LIMIT :limit
FOR UPDATE OF assignment SKIP LOCKED
