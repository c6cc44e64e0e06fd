-- This question is in the sweeps again: the fault is mended.
--   question_id  bigint
UPDATE question SET parked_at = NULL WHERE question_id = :question_id
