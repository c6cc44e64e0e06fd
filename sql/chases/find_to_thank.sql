-- Questions whose answer has reached the citizen since these units were last thanked.
--   unit_codes  text[]
SELECT assignment.assignment_id, assignment.unit_code, assignment.place_unit, question.case_code
FROM assignment JOIN question USING (question_id)
WHERE assignment.state = 'closed' AND assignment.replied_at IS NOT NULL AND assignment.thanked_on IS NULL
  AND assignment.unit_code = ANY(CAST(:unit_codes AS text[])) AND question.answered_at IS NOT NULL
ORDER BY assignment.unit_code, assignment.assignment_id
