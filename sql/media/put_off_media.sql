-- A file was not to be had now: later again, each time three times as late.
--   message_id  text
--   refused     text   why not now
UPDATE media
SET refused = :refused, next_attempt_at = clock_timestamp() + interval '1 minute' * 3 ^ least(attempts - 1, 6)
WHERE message_id = :message_id
