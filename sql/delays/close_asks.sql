-- A person has said what the citizen of a late question is told.
--   question_id         bigint
--   closed_by, outcome  text
UPDATE work_item SET closed_at = clock_timestamp(), closed_by = :closed_by, outcome = :outcome
WHERE question_id = :question_id AND kind IN ('endangered_answer', 'overdue_answer') AND closed_at IS NULL
RETURNING work_item_id
