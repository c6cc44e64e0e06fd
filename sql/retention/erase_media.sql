-- Clear citizens' files once their time is over.
--   before  timestamptz
--   limit   int
WITH old AS (
    SELECT media.message_id FROM media JOIN message USING (message_id)
    WHERE message.sent_at < CAST(:before AS timestamptz) AND media.content IS NOT NULL
    LIMIT :limit
    FOR UPDATE OF media SKIP LOCKED
)
UPDATE media SET content = NULL, refused = 'hết hạn lưu', next_attempt_at = NULL
FROM old WHERE media.message_id = old.message_id
RETURNING media.message_id
