-- How many questions wait for their decision?
SELECT count(*) FROM question WHERE state = 'sealed' AND parked_at IS NULL
