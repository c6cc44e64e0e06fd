-- What the dates of these questions are made of, with the questions of which it is all the same. Moments of one day with
-- no closing time between them count as one. awaited: the letter's day, the unit's day and the day told of each awaited
-- assignment; assignment_ids: a row a question, in the order of awaited. Both are null where nothing is awaited.
--   question_ids   bigint[]
--   closing_times  time[]    in order
SELECT question.state, min(received_at) AS received_at, unit_count, promised_on, awaited,
       array_agg(question_id ORDER BY question_id) AS question_ids,
       array_agg(assignment_ids ORDER BY question_id) FILTER (WHERE assignment_ids IS NOT NULL) AS assignment_ids
FROM question
     CROSS JOIN LATERAL (SELECT received_at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS received) AS local
     CROSS JOIN LATERAL (
         SELECT array_agg(assignment_id ORDER BY assignment_id) AS assignment_ids,
                array_agg(ARRAY[lettered_on, unit_due_on, told_on] ORDER BY assignment_id) AS awaited
         FROM assignment
         WHERE assignment.question_id = question.question_id AND assignment.state = 'awaiting'
     ) AS asked
WHERE question_id = ANY(CAST(:question_ids AS bigint[]))
GROUP BY question.state, CAST(received AS date),
         width_bucket(CAST(received AS time), CAST(:closing_times AS time[])), unit_count, promised_on, awaited
