-- The ways of an article to Zalo.
--   content_item_id  bigint
SELECT version, state, publish_at, article_id, link, shown_at, attempts, outcome
FROM publication WHERE content_item_id = :content_item_id
ORDER BY publication_id
