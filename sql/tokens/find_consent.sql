-- When did a person last consent, and how many days ago? Whether a refresh prolongs a consent is not known of Zalo.
SELECT oa_token_id, CAST(extract(epoch FROM clock_timestamp() - received_at) / 86400 AS integer) AS days
FROM oa_token
WHERE source IN ('settings', 'consent')
ORDER BY received_at DESC
LIMIT 1
