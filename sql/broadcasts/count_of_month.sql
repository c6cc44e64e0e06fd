-- How many articles went to everybody, or are to go, in a calendar month?
--   month  date   any day of it
SELECT count(*) FROM broadcast
WHERE state <> 'failed'
  AND date_trunc('month', decided_at AT TIME ZONE 'Asia/Ho_Chi_Minh') = date_trunc('month', CAST(:month AS date))
