-- Every word on an article, oldest first.
--   content_item_id  bigint
SELECT approval_id, content_item_id, version, sha256, step, verdict, official_code, role, act, decider, decider_role, publish_at,
       urgent, reason, inbound_mail_id, token_sha256, login, decided_at
FROM approval WHERE content_item_id = :content_item_id
ORDER BY approval_id
