-- Decisions were carried out: the reply addresses they came by are used up.
--   token_sha256s  bytea[]
UPDATE mail_token SET used_at = clock_timestamp()
WHERE token_sha256 = ANY(CAST(:token_sha256s AS bytea[])) AND used_at IS NULL
