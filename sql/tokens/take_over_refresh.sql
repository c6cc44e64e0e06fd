-- Take over a refresh whose process is gone; its outcome is unknown. No row where its lease still runs.
--   lease_seconds  double precision
UPDATE token_refresh
SET lease_until = clock_timestamp() + make_interval(secs => :lease_seconds)
WHERE ended_at IS NULL AND lease_until < clock_timestamp()
RETURNING token_refresh_id, of_token_id
