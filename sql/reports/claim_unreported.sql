-- Questions that the Ban Quản trị has not been told of, oldest first, with the units they are at.
SELECT question.question_id, question.case_code, question.state, question.promised_on,
       question.sensitive IS NOT NULL AS sensitive,
       ARRAY(SELECT assignment.unit_code || coalesce(':' || assignment.place_unit, '')
             FROM assignment WHERE assignment.question_id = question.question_id
             ORDER BY assignment.assignment_id) AS units
FROM question
WHERE question.reported_at IS NULL AND question.state <> 'sealed'
ORDER BY question.question_id
FOR UPDATE OF question SKIP LOCKED
