-- Who was asked to sort these questions?
--   work_item_ids  bigint[]
SELECT work_item_id, official_code, asked_at, told_at, letters
FROM sorter
WHERE work_item_id = ANY(CAST(:work_item_ids AS bigint[]))
ORDER BY work_item_id, asked_at, official_code
