-- Articles on which somebody was asked for a word before an instant and has not said it, oldest first; those another
-- worker holds are passed over.
--   asked_before  timestamptz
--   limit         int
SELECT content_item_id FROM content_item
WHERE waits_for IS NOT NULL AND state NOT IN ('taken_down', 'refused') AND asked_at <= :asked_before
ORDER BY asked_at, content_item_id
LIMIT :limit
FOR UPDATE SKIP LOCKED
