-- One text of an article.
--   content_item_id  bigint
--   version          int
SELECT version, sha256, amends, written_by, inbound_mail_id, written_at, title, author AS shown_author, description, cover_url,
       blocks
FROM content_version
WHERE content_item_id = :content_item_id AND version = :version
