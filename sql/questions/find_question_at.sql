-- The open question that a late message of a citizen belongs to: of the message nearest to it, if that is near enough for
-- the two to be one burst.
--   user_ids, message_ids  text[]
--   sent_ats  timestamptz[]
--   quiet     int   seconds
SELECT given.message_id, near.question_id
FROM unnest(CAST(:message_ids AS text[]), CAST(:user_ids AS text[]), CAST(:sent_ats AS timestamptz[]))
     AS given (message_id, user_id, sent_at)
CROSS JOIN LATERAL (
    SELECT question_id
    FROM message JOIN question USING (question_id)
    WHERE message.user_id = given.user_id AND question.closed_at IS NULL
      AND message.purpose IN ('question', 'media', 'abuse', 'follow_up', 'late')
      AND message.sent_at BETWEEN given.sent_at - make_interval(secs => :quiet) AND given.sent_at + make_interval(secs => :quiet)
    ORDER BY greatest(message.sent_at, given.sent_at) - least(message.sent_at, given.sent_at), message.sent_at, message_id
    LIMIT 1
) AS near
