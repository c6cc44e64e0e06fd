-- A mail is to become a text; one that was put down is passed over.
--   inbound_mail_id         bigint
--   content_item_id         bigint   null where it opens a new article
--   official_code           text     who wrote it
--   text, subject           text
INSERT INTO content_intake (inbound_mail_id, content_item_id, official_code, subject, text)
VALUES (:inbound_mail_id, :content_item_id, :official_code, :subject, :text)
ON CONFLICT (inbound_mail_id) DO NOTHING
