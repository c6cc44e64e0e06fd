-- What staff typed to these citizens since their new questions were asked.
--   user_ids  text[]
--   sinces    timestamptz[]
SELECT message.user_id, message.message_id, message.sent_at
FROM unnest(CAST(:user_ids AS text[]), CAST(:sinces AS timestamptz[])) AS given (user_id, since)
JOIN message ON message.user_id = given.user_id AND message.sent_at >= given.since
WHERE message.purpose = 'by_hand'
