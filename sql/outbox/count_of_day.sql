-- How many automatic messages each citizen's stream was given on a legal day; what was cancelled does not count, nor does an
-- answer, which a person let go.
--   streams  text[]
--   queued_on date
SELECT stream, count(*) AS messages
FROM outbox
WHERE channel = 'zalo' AND stream = ANY(CAST(:streams AS text[])) AND queued_on = CAST(:queued_on AS date)
  AND state <> 'cancelled' AND NOT starts_with(kind, 'answer')
GROUP BY stream
