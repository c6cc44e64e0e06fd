-- What was written about a question, and what became of it.
--   question_id  bigint
SELECT outbox_id, channel, kind, recipient, state, attempts, recorded_at, sent_at, outcome
FROM outbox WHERE question_id = :question_id
ORDER BY outbox_id
