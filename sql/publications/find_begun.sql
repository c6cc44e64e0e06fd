-- Which articles were made, or may have been, in the last days, and how far each has come?
--   days  int
SELECT content_item_id, code, publication.state, article_id, create_began_at
FROM publication JOIN content_item USING (content_item_id)
WHERE create_began_at > clock_timestamp() - make_interval(days => :days)
