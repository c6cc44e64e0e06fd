-- Open questions whose dates were read from an older calendar; rows another worker holds are passed over.
--   calendar_version  bigint   the calendar in force
--   limit             int
SELECT question_id
FROM question
WHERE closed_at IS NULL AND due_by_rule_on IS NOT NULL AND parked_at IS NULL AND calendar_version < :calendar_version
ORDER BY calendar_version, question_id
LIMIT :limit
FOR UPDATE SKIP LOCKED
