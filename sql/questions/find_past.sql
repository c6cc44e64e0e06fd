-- The texts of past questions, the newest first, to try new phrases on; sensitive ones are nobody's example.
--   limit  int
SELECT case_code, text
FROM question
WHERE sensitive IS NULL AND text <> ''
ORDER BY question_id DESC
LIMIT :limit
