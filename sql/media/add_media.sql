-- Files to fetch, soon: their addresses may expire.
--   message_ids, urls  text[]
INSERT INTO media (message_id, url)
SELECT message_id, url FROM unnest(CAST(:message_ids AS text[]), CAST(:urls AS text[])) AS given (message_id, url)
ON CONFLICT DO NOTHING
