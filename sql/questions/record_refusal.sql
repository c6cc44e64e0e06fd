-- One more unit says that a question is not its own; returns how many have.
--   question_id  bigint
UPDATE question SET refusals = refusals + 1 WHERE question_id = :question_id
RETURNING refusals
