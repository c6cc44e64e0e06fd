-- How units' replies were read, the commonest first.
SELECT reading, count(*) AS replies
FROM reply
GROUP BY reading
ORDER BY replies DESC, reading
