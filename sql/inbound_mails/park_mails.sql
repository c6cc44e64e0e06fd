-- These mails wait for developers and are out of the sweep (law 7).
--   inbound_mail_ids  bigint[]
UPDATE inbound_mail SET parked_at = clock_timestamp() WHERE inbound_mail_id = ANY(CAST(:inbound_mail_ids AS bigint[]))
