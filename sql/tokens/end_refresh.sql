-- How a refresh ended.
--   token_refresh_id  bigint
--   outcome           text
UPDATE token_refresh SET ended_at = clock_timestamp(), outcome = :outcome
WHERE token_refresh_id = :token_refresh_id AND ended_at IS NULL
