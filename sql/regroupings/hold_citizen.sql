-- Hold the citizen of a question: while a person merges or splits, nothing that citizen wrote is grouped.
--   case_code  text
SELECT citizen.user_id
FROM citizen JOIN question USING (user_id)
WHERE question.case_code = :case_code
FOR UPDATE OF citizen
