-- A duty officer lets a sender in; who was let in stays as it is.
--   address, unit_code, admitted_by  text
--   inbound_mail_id  bigint
INSERT INTO admitted_sender (address, unit_code, admitted_by, inbound_mail_id)
VALUES (lower(:address), :unit_code, :admitted_by, :inbound_mail_id)
ON CONFLICT DO NOTHING
