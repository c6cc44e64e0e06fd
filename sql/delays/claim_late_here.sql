-- Questions whose day has passed, the citizen's or else the regulation's, while no unit is late: the days were used here. Those that the Ban Quản trị
-- has not heard of for that day.
--   today  date
SELECT question.question_id, question.case_code, question.received_at, asked.due_on
FROM question, LATERAL (
    SELECT coalesce(greatest(question.promised_on, question.agreed_on), question.due_by_rule_on) AS due_on
) AS asked
WHERE question.closed_at IS NULL AND coalesce(question.promised_on, question.due_by_rule_on) < CAST(:today AS date)
  AND asked.due_on < CAST(:today AS date) AND question.late_told_for IS DISTINCT FROM asked.due_on
  AND question.state NOT IN ('awaiting_citizen', 'answered_by_hand', 'answer_leaving')
  AND NOT EXISTS (SELECT FROM assignment
                  WHERE assignment.question_id = question.question_id AND assignment.state = 'awaiting'
                    AND greatest(assignment.unit_due_on, assignment.told_on) < CAST(:today AS date))
ORDER BY asked.due_on, question.question_id
FOR NO KEY UPDATE OF question SKIP LOCKED
