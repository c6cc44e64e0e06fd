-- The Ban Quản trị has heard that these are late here.
--   question_ids  bigint[]
UPDATE question SET late_told_for = coalesce(greatest(promised_on, agreed_on), due_by_rule_on)
WHERE question_id = ANY(CAST(:question_ids AS bigint[]))
