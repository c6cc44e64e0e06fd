-- A person has read the reply for which the chase kept still.
--   assignment_id  bigint
UPDATE assignment SET silent_until = NULL WHERE assignment_id = :assignment_id AND state = 'awaiting'
