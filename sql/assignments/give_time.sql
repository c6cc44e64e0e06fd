-- A unit was given more time: the date it is told, and chased by. Its limit, by which it is late, stays.
--   assignment_id  bigint
--   until          date
UPDATE assignment SET told_on = greatest(told_on, CAST(:until AS date))
WHERE assignment_id = :assignment_id AND state = 'awaiting'
