-- These replies answer nothing: their units owe an answer again, unless another reply of theirs is one. Returns the units'
-- assignments.
--   reply_ids     bigint[]
--   next_step_at  timestamptz   when the chase looks at them next
WITH taken_back AS (
    UPDATE reply SET reading = 'interim' WHERE reply_id = ANY(CAST(:reply_ids AS bigint[]))
    RETURNING assignment_id
)
UPDATE assignment SET state = 'awaiting', replied_at = NULL, next_step_at = CAST(:next_step_at AS timestamptz)
WHERE assignment_id IN (SELECT assignment_id FROM taken_back) AND state = 'replied'
  AND NOT EXISTS (SELECT FROM reply_in_force
                  WHERE reply_in_force.assignment_id = assignment.assignment_id
                    AND NOT reply_id = ANY(CAST(:reply_ids AS bigint[])))
RETURNING assignment_id
