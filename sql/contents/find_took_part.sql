-- Who took part in an article: its author and editor, then whoever wrote or said something, by their first time.
--   content_item_id  bigint
SELECT official_code
FROM (SELECT author AS official_code, 1 AS part, opened_at AS at FROM content_item WHERE content_item_id = :content_item_id
      UNION ALL
      SELECT editor, 2, opened_at FROM content_item WHERE content_item_id = :content_item_id
      UNION ALL
      SELECT written_by, 3, recorded_at FROM content_version WHERE content_item_id = :content_item_id
      UNION ALL
      SELECT official_code, 3, recorded_at FROM approval WHERE content_item_id = :content_item_id) AS person
GROUP BY official_code
ORDER BY min(part), min(at), official_code
