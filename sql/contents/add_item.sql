-- A new article, without a text as yet.
--   code, author, editor  text
--   opened_at             timestamptz
INSERT INTO content_item (code, author, editor, opened_at)
VALUES (:code, :author, :editor, :opened_at)
RETURNING content_item_id
