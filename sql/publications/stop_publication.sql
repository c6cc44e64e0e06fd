-- An article that waits for its hour does not go out.
--   content_item_id  bigint
UPDATE publication SET state = 'stopped', outcome = 'stopped'
WHERE content_item_id = :content_item_id AND state = 'waiting'
RETURNING publication_id
