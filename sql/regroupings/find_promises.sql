-- By when were the citizens of these questions told to be answered? Null where nobody told them.
--   question_ids  bigint[]
SELECT question_id, greatest(promised_on, agreed_on) AS told_on
FROM question WHERE question_id = ANY(CAST(:question_ids AS bigint[]))
