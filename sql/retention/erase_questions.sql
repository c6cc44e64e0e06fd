-- Clear the text of closed questions once their time is over.
--   before  timestamptz
--   limit   int
WITH old AS (
    SELECT question_id FROM question
    WHERE closed_at < CAST(:before AS timestamptz) AND text <> ''
    ORDER BY closed_at
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
)
UPDATE question SET text = ''
FROM old WHERE question.question_id = old.question_id
RETURNING question.question_id
