-- How many answers are on their way to citizens?
SELECT count(*) FROM answer WHERE state = 'leaving'
