-- The awaited assignments of these questions.
--   question_ids  bigint[]
SELECT assignment_id, question_id, lettered_on, unit_due_on, told_on
FROM assignment
WHERE state = 'awaiting' AND question_id = ANY(CAST(:question_ids AS bigint[]))
