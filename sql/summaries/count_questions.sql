-- How many questions stand where; how many of them were acknowledged, and are sensitive or urgent.
SELECT state, count(*) AS questions, count(*) FILTER (WHERE acknowledged) AS acknowledged,
       count(*) FILTER (WHERE sensitive IS NOT NULL OR urgent IS NOT NULL) AS sensitive
FROM question
GROUP BY state
