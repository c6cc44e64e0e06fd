-- Another editor takes an article over.
--   content_item_id  bigint
--   editor           text
UPDATE content_item SET editor = :editor WHERE content_item_id = :content_item_id
