-- What Zalo would refuse of a text, as far as somebody has looked.
--   content_item_id  bigint
--   version          int
SELECT unnest(flaws) FROM content_check WHERE content_item_id = :content_item_id AND version = :version
