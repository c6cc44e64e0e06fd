-- What was asked back did not come: these are closed until their citizens write again; no unit owes anything, and nobody
-- need look at them.
--   question_ids  bigint[]
WITH ended AS (
    UPDATE assignment SET state = 'closed', next_step_at = NULL
    WHERE question_id = ANY(CAST(:question_ids AS bigint[])) AND state = 'awaiting'
), looked_at AS (
    UPDATE work_item SET closed_at = clock_timestamp(), closed_by = 'desk', outcome = 'công dân chưa bổ sung thông tin'
    WHERE question_id = ANY(CAST(:question_ids AS bigint[])) AND closed_at IS NULL
)
UPDATE question SET state = 'closed', closed_at = clock_timestamp(), closed_unanswered = true
WHERE question_id = ANY(CAST(:question_ids AS bigint[]))
