-- How many messages each citizen's stream was given on a legal day; what was cancelled does not count.
--   streams  text[]
--   queued_on date
SELECT stream, count(*) AS messages
FROM outbox
WHERE channel = 'zalo' AND stream = ANY(CAST(:streams AS text[])) AND queued_on = CAST(:queued_on AS date)
  AND state <> 'cancelled'
GROUP BY stream
