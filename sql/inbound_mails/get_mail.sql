-- One mail as it came, held for a person's decision.
--   inbound_mail_id  bigint
SELECT inbound_mail_id, raw, is_cut, received_at, kind
FROM inbound_mail WHERE inbound_mail_id = :inbound_mail_id
FOR UPDATE
