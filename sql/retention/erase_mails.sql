-- Clear mails as they came once their time is over; what they were, and when, stays.
--   before  timestamptz
--   limit   int
WITH old AS (
    SELECT inbound_mail_id FROM inbound_mail
    WHERE received_at < CAST(:before AS timestamptz) AND raw IS NOT NULL AND kind IS NOT NULL
    ORDER BY received_at
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
)
UPDATE inbound_mail SET raw = NULL, from_address = '', held_because = NULL
FROM old WHERE inbound_mail.inbound_mail_id = old.inbound_mail_id
RETURNING inbound_mail.inbound_mail_id
