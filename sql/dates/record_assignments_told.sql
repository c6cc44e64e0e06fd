-- The units were told of these new dates.
--   assignment_ids  bigint[]
UPDATE assignment SET moved_from = NULL WHERE assignment_id = ANY(CAST(:assignment_ids AS bigint[]))
