-- What was leaving when its worker died, so that nobody knows whether it left?
SELECT broadcast_id, broadcast.content_item_id, code, article_id, broadcast.attempts, broadcast.leased_by AS worker
FROM broadcast
JOIN publication USING (publication_id)
JOIN content_item ON content_item.content_item_id = broadcast.content_item_id
WHERE broadcast.state = 'leaving' AND broadcast.lease_until < clock_timestamp()
FOR UPDATE OF content_item, broadcast SKIP LOCKED
