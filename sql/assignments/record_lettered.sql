-- The table with these questions is queued.
--   assignment_ids  bigint[]
--   as_of           timestamptz
UPDATE assignment SET lettered_at = CAST(:as_of AS timestamptz), next_step_at = CAST(:as_of AS timestamptz)
WHERE assignment_id = ANY(CAST(:assignment_ids AS bigint[]))
