-- A person has decided on a question: what waited for that is done. Who may write for a unit stays to be decided.
--   question_id         bigint
--   closed_by, outcome  text
UPDATE work_item SET closed_at = clock_timestamp(), closed_by = :closed_by, outcome = :outcome
WHERE question_id = :question_id AND closed_at IS NULL AND kind <> 'held_mail'
RETURNING work_item_id
