-- Somebody wrote from these addresses: mail reaches them again.
--   addresses     text[]
--   received_ats  timestamptz[]
UPDATE address_notice SET bounced_at = NULL, bounce_status = NULL, recorded_at = clock_timestamp()
FROM unnest(CAST(:addresses AS text[]), CAST(:received_ats AS timestamptz[])) AS given (address, received_at)
WHERE address_notice.address = given.address AND address_notice.bounced_at < given.received_at
