-- Take calls of this minute out of the app's allowance, all or none; granted says which. Minutes are the machine's, which
-- Zalo's follow closely. Those of an hour ago are of no use to anybody and go.
--   app_id  text
--   calls   int   the block taken
--   most    int   up to how many of the minute this use may go
WITH minute AS (
    SELECT date_trunc('minute', clock_timestamp()) AS starts_at, clock_timestamp() AS now
), gone AS (
    DELETE FROM rate_budget USING minute
    WHERE rate_budget.app_id = :app_id AND rate_budget.minute < minute.starts_at - interval '1 hour'
), taken AS (
    INSERT INTO rate_budget (app_id, minute, taken)
    SELECT :app_id, starts_at, :calls FROM minute WHERE :calls <= :most
    ON CONFLICT (app_id, minute) DO UPDATE SET taken = rate_budget.taken + excluded.taken
    WHERE rate_budget.taken + excluded.taken <= :most
    RETURNING taken
)
SELECT EXISTS (SELECT FROM taken) AS granted,
       CAST(extract(epoch FROM starts_at + interval '1 minute' - now) AS double precision) AS seconds_left
FROM minute
