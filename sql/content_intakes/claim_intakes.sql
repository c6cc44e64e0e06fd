-- Mails that are to become texts and whose files have all been looked into, oldest first; rows another worker holds are
-- passed over.
--   limit  int
SELECT inbound_mail_id, content_item_id, official_code, subject, content_intake.text, received_at
FROM content_intake JOIN inbound_mail USING (inbound_mail_id)
WHERE taken_at IS NULL AND parked_at IS NULL
  AND NOT EXISTS (SELECT FROM attachment
                  WHERE attachment.inbound_mail_id = content_intake.inbound_mail_id AND form IS NULL)
ORDER BY inbound_mail_id
LIMIT :limit
FOR UPDATE OF content_intake SKIP LOCKED
