-- What was asked back did not come: these are closed until their citizens write again, and no unit owes anything.
--   question_ids  bigint[]
WITH ended AS (
    UPDATE assignment SET state = 'closed', next_step_at = NULL
    WHERE question_id = ANY(CAST(:question_ids AS bigint[])) AND state = 'awaiting'
)
UPDATE question SET state = 'closed', closed_at = clock_timestamp(), closed_unanswered = true
WHERE question_id = ANY(CAST(:question_ids AS bigint[]))
