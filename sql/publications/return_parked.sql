-- What was set aside of an article goes on: the fault is mended.
--   content_item_id  bigint
UPDATE publication SET next_attempt_at = clock_timestamp(), outcome = NULL
WHERE content_item_id = :content_item_id AND next_attempt_at = 'infinity'
