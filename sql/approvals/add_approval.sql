-- A word of an official on an article, with the mail that says it; the database refuses what the regulation forbids.
--   content_item_id  bigint
--   version          int
--   sha256           bytea        of the text
--   step, verdict, official_code, role  text
--   decided_at       timestamptz
--   inbound_mail_id  bigint
--   token_sha256     bytea        of the reply address
--   decider, decider_role  text   whom it is submitted to, or null
--   publish_at       timestamptz  or null
--   urgent           boolean
--   reason           text
INSERT INTO approval (content_item_id, version, sha256, step, verdict, official_code, role, decided_at, inbound_mail_id,
                      token_sha256, decider, decider_role, publish_at, urgent, reason)
VALUES (:content_item_id, :version, :sha256, :step, :verdict, :official_code, :role, :decided_at, :inbound_mail_id,
        :token_sha256, :decider, :decider_role, :publish_at, :urgent, :reason)
RETURNING approval_id
