-- The whole history of a question, each change with the run that made it.
--   question_id  bigint
SELECT kind, as_of, recorded_at, actor, details, flow_run_id
FROM event WHERE question_id = :question_id
ORDER BY event_id
