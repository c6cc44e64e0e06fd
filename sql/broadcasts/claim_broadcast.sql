-- Lease the next article that goes to everybody: from then on it may have left. The item is held while that is settled;
-- an article whose removal is asked for waits for what is decided on that.
--   worker         text
--   lease_seconds  int
WITH due AS (
    SELECT broadcast.broadcast_id
    FROM broadcast JOIN content_item USING (content_item_id)
    WHERE broadcast.state = 'waiting' AND content_item.state = 'published' AND next_attempt_at <= clock_timestamp()
    ORDER BY next_attempt_at, broadcast_id
    LIMIT 1
    FOR UPDATE OF content_item, broadcast SKIP LOCKED
), leased AS (
    UPDATE broadcast
    SET state = 'leaving', attempts = attempts + 1, left_at = clock_timestamp(), leased_by = :worker,
        lease_until = clock_timestamp() + make_interval(secs => :lease_seconds)
    FROM due
    WHERE broadcast.broadcast_id = due.broadcast_id AND broadcast.state = 'waiting'
    RETURNING broadcast.*
)
SELECT broadcast_id, leased.content_item_id, code, article_id, leased.attempts, leased.leased_by AS worker
FROM leased
JOIN publication USING (publication_id)
JOIN content_item ON content_item.content_item_id = leased.content_item_id
