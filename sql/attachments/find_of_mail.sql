-- The files that came with a mail, in its order; those that nobody has looked into have no form.
--   inbound_mail_id  bigint
SELECT attachment_id, name, form, is_signed, text, refused
FROM attachment
WHERE inbound_mail_id = :inbound_mail_id
ORDER BY position
