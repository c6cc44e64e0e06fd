-- How many citizens have messages to be sealed?
--   as_of  timestamptz   the run's legal time
SELECT count(*) FROM citizen WHERE seal_due_at < CAST(:as_of AS timestamptz) AND parked_at IS NULL
