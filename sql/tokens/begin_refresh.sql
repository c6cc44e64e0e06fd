-- Take the one refresh that may go on at a time, before anything is sent; no row where somebody else has it.
--   of_token_id    bigint
--   lease_seconds  double precision
INSERT INTO token_refresh (of_token_id, lease_until)
VALUES (:of_token_id, clock_timestamp() + make_interval(secs => :lease_seconds))
ON CONFLICT DO NOTHING
RETURNING token_refresh_id, of_token_id
