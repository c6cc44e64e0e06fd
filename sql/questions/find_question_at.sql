-- The question that a late message of a citizen belongs beside: the last one that began before it, else the first after.
--   user_ids  text[]
--   sent_ats  timestamptz[]
--   message_ids text[]
SELECT given.message_id, near.question_id
FROM unnest(CAST(:message_ids AS text[]), CAST(:user_ids AS text[]), CAST(:sent_ats AS timestamptz[]))
     AS given (message_id, user_id, sent_at)
JOIN LATERAL (
    SELECT question_id FROM question
    WHERE question.user_id = given.user_id
    ORDER BY question.received_at > given.sent_at, abs(extract(epoch FROM question.received_at - given.sent_at))
    LIMIT 1
) AS near ON true
