-- The units of a question are through with it, whether they have replied or need not any more.
--   question_id  bigint
--   state        text   closed
UPDATE assignment SET state = :state, next_step_at = NULL
WHERE question_id = :question_id AND state IN ('awaiting', 'replied')
RETURNING assignment_id
