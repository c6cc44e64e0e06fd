-- Clear what letters about work quoted, and what was proposed, once the work has long been done; why there was work, who
-- did it, and what came of it, stays.
--   before  timestamptz
--   limit   int
WITH old AS (
    SELECT work_item_id FROM work_item
    WHERE closed_at < CAST(:before AS timestamptz) AND (asked IS NOT NULL OR proposals <> '[]')
    ORDER BY closed_at
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
)
UPDATE work_item SET asked = NULL, proposals = '[]'
FROM old WHERE work_item.work_item_id = old.work_item_id
RETURNING work_item.work_item_id
