-- Are the words that a publication needs complete?
--   content_item_id  bigint
SELECT EXISTS (SELECT FROM publishable_content WHERE content_item_id = :content_item_id)
