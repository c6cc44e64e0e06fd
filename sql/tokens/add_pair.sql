-- Append a pair, whoever holds the lease; one that is already there is passed over.
--   access_token, refresh_token  text
--   lives_seconds     double precision
--   source            text    settings, consent, refresh or spool
--   token_refresh_id  bigint  the refresh it came from, whose beginning dates it; null is now
INSERT INTO oa_token (access_token, refresh_token, received_at, expires_at, source)
SELECT :access_token, :refresh_token, received_at, received_at + make_interval(secs => :lives_seconds), :source
FROM (SELECT coalesce((SELECT started_at FROM token_refresh
                       WHERE token_refresh_id = CAST(:token_refresh_id AS bigint)), clock_timestamp())) AS moment (received_at)
ON CONFLICT DO NOTHING
RETURNING oa_token_id
