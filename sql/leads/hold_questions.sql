-- The questions that mails are about, held for this transaction. Held in one order, so that those who record replies to
-- the same questions wait for each other and never for ever.
--   question_ids  bigint[]
SELECT question_id, case_code, state
FROM question WHERE question_id = ANY(CAST(:question_ids AS bigint[]))
ORDER BY question_id
FOR UPDATE
