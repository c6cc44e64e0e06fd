-- A person has left a held mail out.
--   inbound_mail_id  bigint
--   because          text
UPDATE inbound_mail SET held_because = :because WHERE inbound_mail_id = :inbound_mail_id AND kind = 'held'
