-- How many questions do messages belong to?
SELECT count(DISTINCT question_id)
FROM message
WHERE from_citizen
