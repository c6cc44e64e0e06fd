-- Clear what units wrote once its time is over; how it was read, and the letters' numbers, stay.
--   before  timestamptz
--   limit   int
WITH old AS (
    SELECT reply_id FROM reply
    WHERE received_at < CAST(:before AS timestamptz) AND full_text <> ''
    ORDER BY received_at
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
)
UPDATE reply SET text = '', full_text = '', from_address = ''
FROM old WHERE reply.reply_id = old.reply_id
RETURNING reply.reply_id
