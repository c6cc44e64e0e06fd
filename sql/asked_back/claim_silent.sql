-- Questions whose citizens were asked back and have not written since: those to be reminded, and those reminded long
-- enough ago to be closed.
--   asked_until, closes_until, reminded_until  date
--   limit  int
SELECT question.question_id, question.case_code, question.user_id, question.received_at, question.window_closes_at,
       asked.times, asked.on_day AS asked_on, reminded.on_day IS NOT NULL AS reminded
FROM question
CROSS JOIN LATERAL (SELECT count(*) AS times, max(queued_on) AS on_day FROM outbox
                    WHERE outbox.question_id = question.question_id AND outbox.kind = 'ask-back') AS asked
CROSS JOIN LATERAL (SELECT max(queued_on) AS on_day FROM outbox
                    WHERE outbox.key = 'ask-back-reminder:' || question.question_id || ':' || asked.times) AS reminded
WHERE question.state = 'awaiting_citizen'
  AND (reminded.on_day IS NULL AND asked.on_day <= CAST(:asked_until AS date)
       OR reminded.on_day <= CAST(:reminded_until AS date) AND asked.on_day <= CAST(:closes_until AS date))
ORDER BY question.question_id
LIMIT :limit
FOR NO KEY UPDATE OF question SKIP LOCKED
