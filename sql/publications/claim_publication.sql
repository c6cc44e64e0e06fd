-- Lease the next article that is due: from then on it is leaving, and no word stops it. The item is held while that is
-- settled, as by every decision on it; items that somebody else holds are passed over. What a worker left behind when it
-- died goes on once its lease is over.
--   as_of          timestamptz   legal time, which publish_at is compared with
--   worker         text
--   lease_seconds  int
WITH due AS (
    SELECT publication.publication_id, publication.state = 'waiting' AS is_new
    FROM publication JOIN content_item USING (content_item_id)
    WHERE publication.state IN ('waiting', 'leaving') AND publish_at <= :as_of
      AND next_attempt_at <= clock_timestamp() AND (lease_until IS NULL OR lease_until < clock_timestamp())
      AND (publication.state = 'leaving' OR EXISTS (
          SELECT FROM publishable_content AS complete
          WHERE complete.content_item_id = publication.content_item_id AND complete.approval_id = publication.approval_id))
    ORDER BY publish_at, publication_id
    LIMIT 1
    FOR UPDATE OF content_item, publication SKIP LOCKED
), leased AS (
    UPDATE publication
    SET state = 'leaving', attempts = attempts + 1, leased_by = :worker,
        lease_until = clock_timestamp() + make_interval(secs => :lease_seconds)
    FROM due
    WHERE publication.publication_id = due.publication_id AND publication.state IN ('waiting', 'leaving')
    RETURNING publication.*, due.is_new
)
SELECT publication_id, leased.content_item_id, code, leased.version, leased_by AS worker, attempts, is_new, create_began_at,
       creates, looks, create_token, article_id, compared_at, show_began_at, show_token, clock_timestamp() AS now,
       title, text.author, description, cover_url, blocks
FROM leased
JOIN content_item ON content_item.content_item_id = leased.content_item_id
JOIN content_version AS text ON (text.content_item_id, text.version) = (leased.content_item_id, leased.version)
