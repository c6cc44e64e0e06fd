-- What citizens' messages were taken for; without a purpose are those whose burst is not sealed yet.
SELECT coalesce(purpose, 'waiting') AS purpose, count(*) AS messages
FROM message
WHERE from_citizen
GROUP BY purpose
