-- What the citizen of a question was told, held for a change of it; by its id or by its code.
--   question_id  bigint   null where the code is given
--   case_code    text     null where the id is given
SELECT question_id, case_code, user_id, received_at, state, promised_on, agreed_on, apologised_at
FROM question
WHERE question_id = CAST(:question_id AS bigint) OR case_code = :case_code
FOR NO KEY UPDATE
