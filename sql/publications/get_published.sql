-- Under which number and link do citizens see an item, or did until it was taken down?
--   content_item_id  bigint
SELECT publication_id, article_id, link, shown_at FROM publication
WHERE content_item_id = :content_item_id AND state = 'published'
