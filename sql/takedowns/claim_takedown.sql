-- Lease the next article to be taken off Zalo: urgent ones first, then as they were ordered.
--   worker         text
--   lease_seconds  int
WITH due AS (
    SELECT takedown_id FROM takedown
    WHERE state = 'ordered' AND next_attempt_at <= clock_timestamp()
      AND (lease_until IS NULL OR lease_until < clock_timestamp())
    ORDER BY urgent DESC, ordered_at, takedown_id
    LIMIT 1
    FOR UPDATE SKIP LOCKED
), leased AS (
    UPDATE takedown
    SET attempts = attempts + 1, leased_by = :worker, lease_until = clock_timestamp() + make_interval(secs => :lease_seconds)
    FROM due
    WHERE takedown.takedown_id = due.takedown_id
    RETURNING takedown.*
)
SELECT takedown_id, leased.content_item_id, leased.approval_id, code, publication.version, article_id, link, create_began_at,
       shown_at, urgent, ordered_at, leased.attempts, leased.leased_by AS worker, sha256, title, text.author, description,
       cover_url, blocks
FROM leased
JOIN publication USING (publication_id)
JOIN content_item ON content_item.content_item_id = leased.content_item_id
JOIN content_version AS text ON (text.content_item_id, text.version) = (publication.content_item_id, publication.version)
