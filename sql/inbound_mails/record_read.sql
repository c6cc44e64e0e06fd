-- Mails were read, and this is what they are.
--   inbound_mail_ids  bigint[]
--   kinds, from_addresses, held_becauses  text[]
--   as_of             timestamptz
UPDATE inbound_mail
SET kind = given.kind, from_address = given.from_address, held_because = given.held_because, read_at = :as_of
FROM unnest(CAST(:inbound_mail_ids AS bigint[]), CAST(:kinds AS text[]), CAST(:from_addresses AS text[]),
            CAST(:held_becauses AS text[]))
     AS given (inbound_mail_id, kind, from_address, held_because)
WHERE inbound_mail.inbound_mail_id = given.inbound_mail_id
