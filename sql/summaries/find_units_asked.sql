-- How many questions each unit was asked, and the first and last date that its letters showed.
SELECT assignment.unit_code, unit.name, count(*) AS questions, min(told_on) AS first_due_on, max(told_on) AS last_due_on
FROM assignment JOIN unit USING (unit_code)
GROUP BY assignment.unit_code, unit.name
ORDER BY questions DESC, assignment.unit_code
