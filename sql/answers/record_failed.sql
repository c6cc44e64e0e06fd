-- These answers did not reach their citizens as a whole: what of them has not left is not sent any more, and their questions
-- wait for a person again.
--   answer_ids  bigint[]
WITH failed AS (
    UPDATE answer SET state = 'failed' WHERE answer_id = ANY(CAST(:answer_ids AS bigint[])) AND state = 'leaving'
    RETURNING answer_id, question_id
), cancelled AS (
    UPDATE outbox SET state = 'cancelled', outcome = 'rest of an answer'
    FROM failed
    WHERE outbox.question_id = failed.question_id AND outbox.state = 'queued'
      AND starts_with(outbox.key, 'answer:' || failed.answer_id || ':')
)
UPDATE question SET state = 'answer_proposed'
FROM failed
WHERE question.question_id = failed.question_id AND question.state = 'answer_leaving'
