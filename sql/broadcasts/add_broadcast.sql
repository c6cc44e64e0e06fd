-- An article that citizens see goes to all who follow the account, under a decider's word; refused without it.
--   content_item_id, approval_id  bigint
--   decided_at                    timestamptz
INSERT INTO broadcast (content_item_id, publication_id, approval_id, decided_at)
SELECT content_item_id, publication_id, :approval_id, :decided_at
FROM publication WHERE content_item_id = :content_item_id AND state = 'published'
RETURNING broadcast_id
