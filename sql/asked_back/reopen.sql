-- Citizens have written to questions for which they were asked back: the units go on with theirs, the others wait for a
-- person. Returns what was opened again, and whether a unit has it.
--   question_ids  bigint[]
UPDATE question
SET state = CASE WHEN at_units.any THEN 'routed' ELSE 'in_triage' END, closed_at = NULL, closed_unanswered = false
FROM (SELECT asked.question_id, EXISTS (SELECT FROM assignment WHERE assignment.question_id = asked.question_id
                                          AND assignment.state IN ('awaiting', 'replied')) AS any
      FROM unnest(CAST(:question_ids AS bigint[])) AS asked (question_id)) AS at_units
WHERE question.question_id = at_units.question_id
  AND (question.state = 'awaiting_citizen' OR question.closed_unanswered)
RETURNING question.question_id, question.case_code, at_units.any AS at_units
