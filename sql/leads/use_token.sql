-- A decision was carried out: the reply address it came by is used up.
--   token_sha256  bytea
--   outcome       text   what was done, told to whoever writes to it again
UPDATE mail_token SET used_at = clock_timestamp(), outcome = :outcome
WHERE token_sha256 = :token_sha256 AND used_at IS NULL
