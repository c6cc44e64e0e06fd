-- When may what these citizens wrote be sealed, at the earliest?
--   user_ids  text[]
--   dues      timestamptz[]   the oldest new message and the quiet time
UPDATE citizen SET seal_due_at = least(citizen.seal_due_at, given.due)
FROM unnest(CAST(:user_ids AS text[]), CAST(:dues AS timestamptz[])) AS given (user_id, due)
WHERE citizen.user_id = given.user_id AND (citizen.seal_due_at IS NULL OR citizen.seal_due_at > given.due)
