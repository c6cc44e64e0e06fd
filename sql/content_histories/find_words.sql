-- What officials said of an article, with the evidence of who said it.
--   content_item_id  bigint
SELECT approval_id, version, step, verdict, official_code, role, act, decider, publish_at, urgent, reason, decided_at,
       inbound_mail_id, login, flow_run_id
FROM approval WHERE content_item_id = :content_item_id
ORDER BY approval_id
