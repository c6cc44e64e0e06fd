-- A file is here.
--   message_id    text
--   content_type  text   what its first bytes say
--   content       bytea
UPDATE media SET content_type = :content_type, content = :content, refused = NULL, next_attempt_at = NULL
WHERE message_id = :message_id
