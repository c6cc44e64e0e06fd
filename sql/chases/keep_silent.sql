-- No mail reaches the units of these: the chase keeps still, and the days do not count against them.
--   assignment_ids  bigint[]
--   until           timestamptz
UPDATE assignment SET silent_until = greatest(silent_until, CAST(:until AS timestamptz))
WHERE assignment_id = ANY(CAST(:assignment_ids AS bigint[])) AND state = 'awaiting'
