-- Whoever reads these addresses is away until a day.
--   addresses         text[]
--   absent_untils     date[]
--   inbound_mail_ids  bigint[]
INSERT INTO address_notice (address, absent_until, inbound_mail_id)
SELECT DISTINCT ON (address) address, absent_until, inbound_mail_id
FROM unnest(CAST(:addresses AS text[]), CAST(:absent_untils AS date[]), CAST(:inbound_mail_ids AS bigint[]))
     AS given (address, absent_until, inbound_mail_id)
ORDER BY address, inbound_mail_id DESC
ON CONFLICT (address) DO UPDATE
SET absent_until = excluded.absent_until, inbound_mail_id = excluded.inbound_mail_id, recorded_at = clock_timestamp()
