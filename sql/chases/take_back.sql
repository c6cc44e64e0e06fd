-- The overdue notices of these are no longer true, and their unit is told so.
--   assignment_ids  bigint[]
--   taken_back_on   date
UPDATE chase_step SET taken_back_on = CAST(:taken_back_on AS date)
WHERE assignment_id = ANY(CAST(:assignment_ids AS bigint[])) AND step > 0 AND taken_back_on IS NULL
