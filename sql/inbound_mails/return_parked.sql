-- This mail is in the sweep again: the fault is mended.
--   inbound_mail_id  bigint
UPDATE inbound_mail SET parked_at = NULL WHERE inbound_mail_id = :inbound_mail_id
