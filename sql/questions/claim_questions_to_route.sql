-- Which questions wait for their decision? Oldest first; rows another worker holds are passed over.
--   limit  int   questions to claim
SELECT question_id, case_code, user_id, opened_as, text, sensitive, urgent, has_media, is_late, received_at, window_closes_at
FROM question
WHERE state = 'sealed' AND parked_at IS NULL
ORDER BY question_id
LIMIT :limit
FOR UPDATE SKIP LOCKED
