-- An article went to everybody, will not, or nobody knows; nothing is returned where that is settled already.
--   broadcast_id                        bigint
--   worker, state, message_id, outcome  text
UPDATE broadcast
SET state = :state, message_id = :message_id, outcome = :outcome, lease_until = NULL, leased_by = NULL
WHERE broadcast_id = :broadcast_id AND leased_by = :worker AND state = 'leaving'
RETURNING broadcast_id
