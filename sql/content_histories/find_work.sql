-- What a person had to look at about an article.
--   content_item_id  bigint
SELECT work_item_id, kind, owner, remedy, opened_at, closed_at, closed_by, outcome
FROM work_item WHERE content_item_id = :content_item_id
ORDER BY work_item_id
