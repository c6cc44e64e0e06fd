-- What was seen of these addresses.
--   addresses  text[]
SELECT address, bounced_at, absent_until
FROM address_notice WHERE address = ANY(CAST(:addresses AS text[]))
