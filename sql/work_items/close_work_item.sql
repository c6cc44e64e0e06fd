-- A person has done one piece of work.
--   work_item_id        bigint
--   closed_by, outcome  text
UPDATE work_item SET closed_at = clock_timestamp(), closed_by = :closed_by, outcome = :outcome
WHERE work_item_id = :work_item_id
