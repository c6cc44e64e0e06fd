-- The chase of a question keeps still for a while.
--   question_id  bigint
--   until        timestamptz
UPDATE assignment SET silent_until = greatest(silent_until, :until) WHERE question_id = :question_id AND state = 'awaiting'
