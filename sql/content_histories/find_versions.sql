-- The texts of an article.
--   content_item_id  bigint
SELECT version, title, amends, written_by, written_at, encode(sha256, 'hex') AS sha256
FROM content_version WHERE content_item_id = :content_item_id
ORDER BY version
