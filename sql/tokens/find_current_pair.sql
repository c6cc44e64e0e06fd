-- Which pair of tokens is in use, and how long its access token lives on?
SELECT oa_token_id, access_token, refresh_token,
       CAST(extract(epoch FROM expires_at - clock_timestamp()) AS double precision) AS seconds_left
FROM oa_token
ORDER BY received_at DESC, oa_token_id DESC
LIMIT 1
