-- Newest texts that nobody has looked at as Zalo would, oldest first.
--   limit  int
SELECT content_item_id, version FROM content_item
WHERE state IN ('draft', 'to_amend') AND NOT EXISTS (
    SELECT FROM content_check
    WHERE content_check.content_item_id = content_item.content_item_id AND content_check.version = content_item.version
)
ORDER BY content_item_id
LIMIT :limit
