-- The next text of an article; the database numbers it, and says what became of the one before it.
--   content_item_id  bigint
--   title, author, description, cover_url  text
--   blocks           jsonb        the body
--   written_by       text         an official's code
--   inbound_mail_id  bigint       the mail it came by, if any
--   written_at       timestamptz
INSERT INTO content_version (content_item_id, title, author, description, cover_url, blocks, written_by, inbound_mail_id,
                             written_at)
VALUES (:content_item_id, :title, :author, :description, :cover_url, CAST(:blocks AS jsonb), :written_by, :inbound_mail_id,
        :written_at)
RETURNING version
