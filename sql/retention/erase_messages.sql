-- Clear what citizens wrote, and the rows as pulled, once their time is over; keys, dates and kinds stay.
--   before  timestamptz
--   limit   int
WITH old AS (
    SELECT message_id FROM message
    WHERE sent_at < CAST(:before AS timestamptz) AND raw IS NOT NULL AND purpose IS NOT NULL
    ORDER BY sent_at
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
)
UPDATE message SET text = '', raw = NULL, media_url = NULL
FROM old WHERE message.message_id = old.message_id
RETURNING message.message_id
