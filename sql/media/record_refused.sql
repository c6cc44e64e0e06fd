-- A file will not be had.
--   message_id  text
--   refused     text   why
UPDATE media SET refused = :refused, next_attempt_at = NULL WHERE message_id = :message_id
