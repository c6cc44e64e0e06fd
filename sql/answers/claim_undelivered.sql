-- Which answers did not reach their citizens, who have acted since and so opened Zalo's window? Their questions, held for
-- this transaction.
--   limit  int
SELECT question_id
FROM answer JOIN question USING (question_id) JOIN citizen USING (user_id)
WHERE answer.state = 'failed' AND question.state = 'answer_proposed' AND last_act_at > released_at AND question.parked_at IS NULL
  AND NOT EXISTS (SELECT FROM answer AS later
                  WHERE later.question_id = answer.question_id AND later.version > answer.version)
ORDER BY question_id
LIMIT :limit
FOR UPDATE OF question SKIP LOCKED
