-- The ways of an article to all who follow the account.
--   content_item_id  bigint
SELECT state, decided_at, left_at, message_id, attempts, outcome
FROM broadcast WHERE content_item_id = :content_item_id
ORDER BY broadcast_id
