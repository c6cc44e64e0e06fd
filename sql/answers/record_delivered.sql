-- These answers have reached their citizens: nobody owes anything any more. A delivery of a replayed day counts for that day.
--   answer_ids    bigint[]
--   delivered_ats timestamptz[]
WITH delivered AS (
    UPDATE answer SET state = 'delivered', delivered_at = given.delivered_at
    FROM unnest(CAST(:answer_ids AS bigint[]), CAST(:delivered_ats AS timestamptz[])) AS given (answer_id, delivered_at)
    WHERE answer.answer_id = given.answer_id AND answer.state = 'leaving'
    RETURNING question_id, given.delivered_at
), answered AS (
    UPDATE question SET state = 'answered', answered_at = delivered.delivered_at, closed_at = delivered.delivered_at
    FROM delivered
    WHERE question.question_id = delivered.question_id
    RETURNING question.question_id
)
UPDATE assignment SET state = 'closed', next_step_at = NULL
FROM answered
WHERE assignment.question_id = answered.question_id AND assignment.state IN ('awaiting', 'replied')
