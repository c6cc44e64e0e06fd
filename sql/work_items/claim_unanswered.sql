-- What was asked by mail and nobody has answered, oldest first; rows another worker holds are passed over.
--   asked_before  timestamptz
--   limit         int
SELECT work_item.work_item_id, work_item.key, work_item.kind, work_item.asked, work_item.asked_of, work_item.asked_at,
       work_item.times_asked, work_item.question_id
FROM work_item
WHERE closed_at IS NULL AND asked_at <= :asked_before AND times_asked < 3
ORDER BY asked_at, work_item_id
LIMIT :limit
FOR UPDATE SKIP LOCKED
