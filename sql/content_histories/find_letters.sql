-- What was written about an article, and what became of it.
--   content_item_id  bigint
SELECT outbox_id, channel, kind, recipient, state, attempts, recorded_at, sent_at, outcome
FROM outbox WHERE content_item_id = :content_item_id
ORDER BY outbox_id
