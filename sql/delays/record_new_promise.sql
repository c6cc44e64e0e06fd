-- The citizen is told a later day; what the regulation says stays as it is.
--   question_id  bigint
--   agreed_on    date
--   as_of        timestamptz
UPDATE question SET agreed_on = CAST(:agreed_on AS date), apologised_at = CAST(:as_of AS timestamptz)
WHERE question_id = :question_id
