-- How many files that citizens sent are due to be fetched?
SELECT count(*) FROM media WHERE next_attempt_at <= clock_timestamp()
