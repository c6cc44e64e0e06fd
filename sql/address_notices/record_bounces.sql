-- Mail to these addresses came back.
--   addresses, statuses  text[]
--   inbound_mail_ids     bigint[]
--   bounced_ats          timestamptz[]
INSERT INTO address_notice (address, bounced_at, bounce_status, inbound_mail_id)
SELECT DISTINCT ON (address) address, bounced_at, status, inbound_mail_id
FROM unnest(CAST(:addresses AS text[]), CAST(:statuses AS text[]), CAST(:inbound_mail_ids AS bigint[]),
            CAST(:bounced_ats AS timestamptz[]))
     AS given (address, status, inbound_mail_id, bounced_at)
ORDER BY address, bounced_at DESC
ON CONFLICT (address) DO UPDATE
SET bounced_at = excluded.bounced_at, bounce_status = excluded.bounce_status, inbound_mail_id = excluded.inbound_mail_id,
    recorded_at = clock_timestamp()
