-- A person has decided on what the chase kept still for: the silence ends now, and is remembered, because its days do not
-- count against the unit.
--   assignment_id  bigint
--   as_of          timestamptz
UPDATE assignment SET silent_until = :as_of, next_step_at = :as_of
WHERE assignment_id = :assignment_id AND state = 'awaiting'
