-- What these letters are made of, as far as retention has left it.
--   keys  text[]
SELECT key, parts FROM outbox WHERE key = ANY(CAST(:keys AS text[])) AND parts IS NOT NULL
