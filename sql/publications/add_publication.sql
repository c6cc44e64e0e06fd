-- An article is to go out, under the editor's word; refused where its words are not complete.
--   content_item_id, approval_id  bigint
--   version                       int
--   publish_at                    timestamptz
INSERT INTO publication (content_item_id, version, approval_id, publish_at)
VALUES (:content_item_id, :version, :approval_id, :publish_at)
RETURNING publication_id
