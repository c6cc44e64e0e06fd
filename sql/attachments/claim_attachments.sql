-- Take files to look into; until the lease is over nobody else takes them. What came with a mail that is held is opened
-- once somebody has let the mail in. was_seen: an earlier mail of the same sender held the very same file.
--   limit          int
--   lease_seconds  double precision
WITH due AS (
    SELECT attachment_id FROM attachment JOIN inbound_mail USING (inbound_mail_id)
    WHERE form IS NULL AND inspect_after <= statement_timestamp() AND kind IN ('reply', 'decision', 'draft')
    ORDER BY inspect_after, attachment_id
    LIMIT :limit
    FOR UPDATE OF attachment SKIP LOCKED
)
UPDATE attachment
SET inspect_after = clock_timestamp() + make_interval(secs => :lease_seconds), attempts = attempts + 1
FROM due, inbound_mail
WHERE attachment.attachment_id = due.attachment_id AND inbound_mail.inbound_mail_id = attachment.inbound_mail_id
RETURNING attachment.attachment_id, attachment.inbound_mail_id, attachment.position, attachment.declared_type,
          attachment.is_inline, attachment.content, attachment.attempts,
          EXISTS (SELECT FROM attachment AS earlier JOIN inbound_mail AS earlier_mail USING (inbound_mail_id)
                  WHERE earlier.sha256 = attachment.sha256 AND earlier.inbound_mail_id < attachment.inbound_mail_id
                    AND earlier_mail.from_address = inbound_mail.from_address) AS was_seen
