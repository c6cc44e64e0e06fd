-- Who wrote of an article: its author, and whoever wrote a text of it.
--   content_item_id  bigint
SELECT author FROM content_item WHERE content_item_id = :content_item_id
UNION
SELECT written_by FROM content_version WHERE content_item_id = :content_item_id
