-- Take citizens out of the sealing sweep until somebody has looked (law 7).
--   user_ids  text[]
UPDATE citizen SET parked_at = clock_timestamp() WHERE user_id = ANY(CAST(:user_ids AS text[]))
