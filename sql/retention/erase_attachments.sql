-- Clear the files that units sent, with their pages, once their time is over; what they were and their hashes stay.
--   before  timestamptz
--   limit   int
WITH old AS (
    SELECT attachment_id FROM attachment
    WHERE recorded_at < CAST(:before AS timestamptz) AND content IS NOT NULL AND form IS NOT NULL
    ORDER BY recorded_at
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
), pages AS (
    UPDATE attachment_page SET content = NULL FROM old WHERE attachment_page.attachment_id = old.attachment_id
)
UPDATE attachment SET content = NULL, text = NULL, name = ''
FROM old WHERE attachment.attachment_id = old.attachment_id
RETURNING attachment.attachment_id
