-- The units were thanked for these.
--   assignment_ids  bigint[]
--   thanked_on      date
UPDATE assignment SET thanked_on = CAST(:thanked_on AS date)
WHERE assignment_id = ANY(CAST(:assignment_ids AS bigint[]))
