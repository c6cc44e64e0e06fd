-- A person has decided otherwise on a question: its answer is not proposed any more, and what of it has not left stays here.
--   question_id  bigint
WITH withdrawn AS (
    UPDATE answer
    SET state = CASE WHEN state = 'proposed' THEN 'superseded'
                WHEN EXISTS (SELECT FROM outbox
                             WHERE outbox.question_id = :question_id AND outbox.state <> 'sent'
                               AND starts_with(outbox.key, 'answer:' || answer_id || ':')) THEN 'failed'
                ELSE 'delivered' END
    WHERE question_id = :question_id AND state IN ('proposed', 'leaving')
    RETURNING answer_id
)
UPDATE outbox SET state = 'cancelled', outcome = 'pointless'
FROM withdrawn
WHERE outbox.question_id = :question_id AND outbox.state = 'queued'
  AND starts_with(outbox.key, 'answer:' || withdrawn.answer_id || ':')
