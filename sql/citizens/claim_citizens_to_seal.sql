-- Whose messages may be sealed now? Only citizens whose conversation is completely pulled; those another worker holds
-- are passed over. horizon is the instant up to which every message is known (Zalo's clock, one minute of grace).
--   as_of  timestamptz   the run's legal time
--   limit  int           citizens to claim
SELECT citizen.user_id, citizen.sealed_to, citizen.prompted_at, citizen.privacy_told_at, citizen.last_act_at,
       least(CAST(:as_of AS timestamptz), swept.swept_at - interval '1 minute') AS horizon
FROM citizen, (SELECT min(swept_at) AS swept_at FROM pull_cursor) AS swept
WHERE citizen.seal_due_at < least(CAST(:as_of AS timestamptz), swept.swept_at - interval '1 minute')
  AND citizen.parked_at IS NULL
  AND NOT EXISTS (SELECT FROM pull_todo WHERE pull_todo.user_id = citizen.user_id)
ORDER BY citizen.seal_due_at, citizen.user_id
LIMIT :limit
FOR UPDATE OF citizen SKIP LOCKED
