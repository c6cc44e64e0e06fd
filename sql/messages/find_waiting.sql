-- The messages of these citizens that belong to no sealed burst.
--   user_ids  text[]
SELECT user_id, message_id, sent_at, kind, text, quoted_id
FROM message
WHERE purpose IS NULL AND user_id = ANY(CAST(:user_ids AS text[]))
ORDER BY user_id, sent_at, message_id
