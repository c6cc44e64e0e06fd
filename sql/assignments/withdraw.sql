-- One unit need not reply any more.
--   assignment_id  bigint
UPDATE assignment SET state = 'withdrawn', next_step_at = NULL WHERE assignment_id = :assignment_id AND state = 'awaiting'
