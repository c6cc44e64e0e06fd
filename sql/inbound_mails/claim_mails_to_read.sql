-- Mails that nobody has read, oldest first, as many as fit in memory; rows another worker holds are passed over.
--   limit  int
--   bytes  bigint   what they may weigh together; one mail is always taken
WITH held AS (
    SELECT inbound_mail_id, octet_length(raw) AS bytes
    FROM inbound_mail
    WHERE kind IS NULL AND parked_at IS NULL
    ORDER BY inbound_mail_id
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
), weighed AS (
    SELECT inbound_mail_id, sum(bytes) OVER (ORDER BY inbound_mail_id) - bytes AS before FROM held
)
SELECT inbound_mail_id, raw, is_cut, received_at
FROM weighed JOIN inbound_mail USING (inbound_mail_id)
WHERE before < :bytes
ORDER BY inbound_mail_id
