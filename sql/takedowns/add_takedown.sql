-- A deputy head has ordered an article off Zalo; refused without his word.
--   publication_id, content_item_id, approval_id  bigint
--   urgent                                        boolean
--   ordered_at                                    timestamptz
INSERT INTO takedown (publication_id, content_item_id, approval_id, urgent, ordered_at)
VALUES (:publication_id, :content_item_id, :approval_id, :urgent, :ordered_at)
RETURNING takedown_id
