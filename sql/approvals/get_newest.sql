-- The newest word of a step on an article.
--   content_item_id  bigint
--   step             text
SELECT approval_id, content_item_id, version, sha256, step, verdict, official_code, role, act, decider, decider_role, publish_at,
       urgent, reason, inbound_mail_id, token_sha256, login, decided_at
FROM approval WHERE content_item_id = :content_item_id AND step = :step
ORDER BY approval_id DESC
LIMIT 1
