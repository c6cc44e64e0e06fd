-- Questions due between two days, as their citizens were told or else by the regulation, and which no answer is at hand
-- for: those that nobody was asked about for that day, with the units that still owe a reply.
--   after, until  date
--   stage         text    of the work item's key, for what a person was asked before
--   states        text[]  in which an answer is not at hand
SELECT question.question_id, question.case_code, question.received_at, asked.due_on,
       question.promised_on IS NOT NULL AS is_promised, question.apologised_at IS NOT NULL AS apologised,
       coalesce(citizen.last_act_at, question.window_closes_at - interval '7 days') AS last_act_at,
       ARRAY(SELECT assignment.unit_code || coalesce(':' || assignment.place_unit, '') FROM assignment
             WHERE assignment.question_id = question.question_id AND assignment.state = 'awaiting'
             ORDER BY assignment.assignment_id) AS units,
       (SELECT max(assignment.unit_due_on) FROM assignment
        WHERE assignment.question_id = question.question_id AND assignment.state = 'awaiting') AS units_due_on
FROM question JOIN citizen USING (user_id), LATERAL (
    SELECT coalesce(greatest(question.promised_on, question.agreed_on), question.due_by_rule_on) AS due_on
) AS asked
WHERE question.closed_at IS NULL AND coalesce(question.promised_on, question.due_by_rule_on) <= CAST(:until AS date)
  AND asked.due_on > CAST(:after AS date) AND asked.due_on <= CAST(:until AS date)
  AND question.state = ANY(CAST(:states AS text[]))
  AND NOT EXISTS (SELECT FROM work_item
                  WHERE work_item.key = CAST(:stage AS text) || ':' || question.question_id || ':' || asked.due_on)
ORDER BY asked.due_on, question.question_id
FOR NO KEY UPDATE OF question SKIP LOCKED
