-- How many versions of answers stand where.
SELECT state, count(*) AS answers
FROM answer
GROUP BY state
