-- The units of a question need not reply any more.
--   question_id  bigint
--   state        text   withdrawn or closed
UPDATE assignment SET state = :state WHERE question_id = :question_id AND state = 'awaiting'
RETURNING assignment_id
