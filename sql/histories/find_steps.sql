-- How the units of a question were chased.
--   question_id  bigint
SELECT unit.name, chase_step.due_on, chase_step.step, chase_step.taken_on, chase_step.board_key IS NOT NULL AS told_board,
       chase_step.taken_back_on
FROM chase_step
JOIN assignment USING (assignment_id)
JOIN unit USING (unit_code)
WHERE assignment.question_id = :question_id
ORDER BY chase_step.taken_on, chase_step.assignment_id
