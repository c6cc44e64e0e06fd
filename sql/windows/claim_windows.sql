-- The windows of which open questions must be looked at? Those of a citizen together, held for this transaction; rows
-- another worker holds are passed over. due_on is the last date the citizen was told, else the rule's.
--   as_of  timestamptz   the run's legal time
--   limit  int
SELECT question_id, case_code, question.user_id, state, received_at, closed_at IS NOT NULL AS has_ended,
       coalesce(greatest(promised_on, agreed_on), due_by_rule_on) AS due_on,
       coalesce(last_act_at, window_closes_at - interval '7 days') AS last_act_at, keep_open_asked_at AS asked_at
FROM question JOIN citizen USING (user_id)
WHERE window_look_at <= CAST(:as_of AS timestamptz)
ORDER BY window_look_at, question.user_id, question_id
LIMIT :limit
FOR UPDATE OF question SKIP LOCKED
