-- One question by its code, held for a person's decision.
--   case_code  text
SELECT question_id, case_code, user_id, opened_as, text, sensitive, urgent, has_media, is_late, received_at,
       window_closes_at, state, topics
FROM question
WHERE case_code = :case_code
FOR UPDATE
