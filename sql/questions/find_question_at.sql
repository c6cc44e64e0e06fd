-- The question that a late message of a citizen belongs beside: the last one that began before it, else the first after.
--   user_ids  text[]
--   sent_ats  timestamptz[]
--   message_ids text[]
SELECT message_id, question_id
FROM (
    SELECT given.message_id,
           coalesce((SELECT coalesce(merged_into, question_id) FROM question
                     WHERE question.user_id = given.user_id AND question.received_at <= given.sent_at
                     ORDER BY question.received_at DESC LIMIT 1),
                    (SELECT coalesce(merged_into, question_id) FROM question
                     WHERE question.user_id = given.user_id AND question.received_at > given.sent_at
                     ORDER BY question.received_at LIMIT 1)) AS question_id
    FROM unnest(CAST(:message_ids AS text[]), CAST(:user_ids AS text[]), CAST(:sent_ats AS timestamptz[]))
         AS given (message_id, user_id, sent_at)
) AS near
WHERE question_id IS NOT NULL
