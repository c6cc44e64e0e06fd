-- An official has confirmed number and date of the letters that these replies are.
--   reply_ids     bigint[]
--   confirmed_by  text
UPDATE reply SET letter_confirmed_by = :confirmed_by
WHERE reply_id = ANY(CAST(:reply_ids AS bigint[])) AND letter_number IS NOT NULL
