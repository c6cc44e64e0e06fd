-- A mail has become a text, which holds what it said.
--   inbound_mail_id  bigint
--   as_of            timestamptz
UPDATE content_intake SET taken_at = :as_of, subject = '', text = ''
WHERE inbound_mail_id = :inbound_mail_id
