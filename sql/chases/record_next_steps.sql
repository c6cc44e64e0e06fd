-- When the chase looks at these again; null is never.
--   assignment_ids  bigint[]
--   next_step_ats   timestamptz[]
UPDATE assignment SET next_step_at = given.next_step_at
FROM unnest(CAST(:assignment_ids AS bigint[]), CAST(:next_step_ats AS timestamptz[]))
     AS given (assignment_id, next_step_at)
WHERE assignment.assignment_id = given.assignment_id AND assignment.state = 'awaiting'
