-- How many conversations are due to be walked?
SELECT count(*) FROM pull_todo WHERE next_attempt_at <= clock_timestamp()
