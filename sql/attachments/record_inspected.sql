-- What a file was found to be, once. The mail is locked, so that of its files' last two somebody sees both.
--   attachment_id  bigint
--   form, text, refused  text
--   is_signed      boolean
WITH mail AS (
    SELECT inbound_mail_id FROM inbound_mail
    WHERE inbound_mail_id = (SELECT inbound_mail_id FROM attachment WHERE attachment_id = :attachment_id)
    FOR UPDATE
)
UPDATE attachment SET form = :form, is_signed = :is_signed, text = :text, refused = :refused
FROM mail
WHERE attachment.attachment_id = :attachment_id AND attachment.inbound_mail_id = mail.inbound_mail_id
  AND attachment.form IS NULL
RETURNING attachment.attachment_id
