-- How many questions do messages belong to, and how many do units?
SELECT (SELECT count(DISTINCT question_id) FROM message WHERE from_citizen) AS of_messages,
       (SELECT count(DISTINCT question_id) FROM assignment) AS of_units
