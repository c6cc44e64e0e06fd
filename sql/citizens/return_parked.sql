-- This citizen is sealed again: the fault is mended.
--   user_id  text
UPDATE citizen SET parked_at = NULL WHERE user_id = :user_id
