-- The steps that the Ban Quản trị must hear of and has not: of a question at a unit the newest.
SELECT chase_step.assignment_id, chase_step.due_on, question.case_code, question.received_at, assignment.lettered_at,
       assignment.unit_code, assignment.place_unit, assignment.state
FROM chase_step
JOIN assignment USING (assignment_id)
JOIN question USING (question_id)
WHERE chase_step.for_board AND chase_step.board_key IS NULL
ORDER BY chase_step.due_on, chase_step.assignment_id, chase_step.step DESC
FOR NO KEY UPDATE OF chase_step SKIP LOCKED
