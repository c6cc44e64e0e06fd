-- What a reply address was used for.
--   token_sha256  bytea
SELECT used_at, outcome FROM mail_token WHERE token_sha256 = :token_sha256
