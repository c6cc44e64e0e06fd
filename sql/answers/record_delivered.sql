-- These answers have reached their citizens. Nobody owes anything any more; behind a partial one its question waits on for
-- the units that are not in it, with the dates it has. A delivery of a replayed day counts for that day.
--   answer_ids    bigint[]
--   delivered_ats timestamptz[]
--   are_partial   boolean[]
WITH delivered AS (
    UPDATE answer SET state = 'delivered', delivered_at = given.delivered_at
    FROM unnest(CAST(:answer_ids AS bigint[]), CAST(:delivered_ats AS timestamptz[]), CAST(:are_partial AS boolean[]))
         AS given (answer_id, delivered_at, is_partial)
    WHERE answer.answer_id = given.answer_id AND answer.state = 'leaving'
    RETURNING question_id, reply_ids, given.delivered_at, given.is_partial
), answered AS (
    UPDATE question
    SET state = CASE WHEN is_partial THEN 'routed' ELSE 'answered' END,
        answered_at = CASE WHEN NOT is_partial THEN delivered.delivered_at END,
        closed_at = CASE WHEN NOT is_partial THEN delivered.delivered_at END
    FROM delivered
    WHERE question.question_id = delivered.question_id
    RETURNING question.question_id, reply_ids, is_partial
)
UPDATE assignment SET state = 'closed', next_step_at = NULL
FROM answered
WHERE assignment.question_id = answered.question_id AND assignment.state IN ('awaiting', 'replied')
  AND (NOT is_partial OR assignment_id IN (SELECT assignment_id FROM reply WHERE reply_id = ANY(reply_ids)))
