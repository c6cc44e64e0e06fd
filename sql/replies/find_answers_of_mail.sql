-- The replies of one mail that stand as answers, and are told to nobody yet.
--   inbound_mail_id  bigint
SELECT question_id, reply_id
FROM reply_in_force
WHERE inbound_mail_id = :inbound_mail_id
ORDER BY question_id, reply_id
