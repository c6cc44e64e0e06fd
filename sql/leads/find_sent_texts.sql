-- What our letters on these questions say, newest first: a reply may quote them.
--   question_ids  bigint[]
SELECT question_id, parts ->> 'text' AS text
FROM outbox
WHERE question_id = ANY(CAST(:question_ids AS bigint[])) AND channel = 'mail' AND parts IS NOT NULL
ORDER BY outbox_id DESC
