-- Which publications of an item are there, under which ids, and how far each has come?
--   codes  text[]
SELECT code, publication.version, publication.state, article_id, content_item_id
FROM publication JOIN content_item USING (content_item_id)
WHERE code = ANY(CAST(:codes AS text[]))
