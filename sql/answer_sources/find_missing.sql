-- Which units still owe a reply to these questions?
--   question_ids  bigint[]
SELECT question_id, unit_code || coalesce(':' || place_unit, '') AS unit
FROM assignment
WHERE question_id = ANY(CAST(:question_ids AS bigint[])) AND state = 'awaiting'
ORDER BY question_id, assignment_id
