-- The files that came with mails, with the sizes of their pages; logos of signatures are none.
--   inbound_mail_ids  bigint[]
SELECT attachment_id, inbound_mail_id, name, form, is_signed, coalesce(octet_length(content), 0) AS size, text, refused,
       ARRAY(SELECT octet_length(attachment_page.content) FROM attachment_page
             WHERE attachment_page.attachment_id = attachment.attachment_id ORDER BY number) AS page_sizes
FROM attachment
WHERE inbound_mail_id = ANY(CAST(:inbound_mail_ids AS bigint[])) AND form NOT IN ('signature', 'calendar', 'text')
ORDER BY inbound_mail_id, position
