-- Take questions out of the sweeps until somebody has looked (law 7).
--   question_ids  bigint[]
UPDATE question SET parked_at = clock_timestamp() WHERE question_id = ANY(CAST(:question_ids AS bigint[]))
