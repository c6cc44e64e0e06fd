-- Clear what answers said and what was remarked on them, once their time is over; who released them stays.
--   before  timestamptz
--   limit   int
WITH old AS (
    SELECT answer_id FROM answer
    WHERE proposed_at < CAST(:before AS timestamptz) AND text <> '' AND state NOT IN ('proposed', 'leaving')
    ORDER BY proposed_at
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
)
UPDATE answer SET text = '', remarks = '{}'
FROM old WHERE answer.answer_id = old.answer_id
RETURNING answer.answer_id
