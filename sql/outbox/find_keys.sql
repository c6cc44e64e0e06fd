-- Which of these keys were queued already?
--   keys  text[]
SELECT key FROM outbox WHERE key = ANY(CAST(:keys AS text[]))
