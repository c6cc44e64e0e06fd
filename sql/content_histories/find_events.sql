-- The whole history of an article, each change with the run that made it.
--   content_item_id  bigint
SELECT kind, as_of, recorded_at, actor, details, flow_run_id
FROM event WHERE content_item_id = :content_item_id
ORDER BY event_id
