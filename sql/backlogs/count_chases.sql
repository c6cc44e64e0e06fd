-- How many replies must the chase look at?
--   as_of  timestamptz
SELECT count(*) FROM assignment
WHERE state = 'awaiting' AND next_step_at <= CAST(:as_of AS timestamptz)
