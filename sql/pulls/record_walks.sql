-- Walks that are complete, with their last rows: the citizen's cursor moves, and what was to be walked is done, unless
-- more was seen meanwhile. Each is one more look at which an uncertain delivery did not show (law 6).
--   user_ids      text[]
--   versions      timestamptz[]   of the to-do as it was taken
--   complete_tos  timestamptz[]   null where the conversation is empty
--   began_ats     timestamptz[]
WITH walked AS (
    SELECT * FROM unnest(CAST(:user_ids AS text[]), CAST(:versions AS timestamptz[]),
                         CAST(:complete_tos AS timestamptz[]), CAST(:began_ats AS timestamptz[]))
                  AS given (user_id, version, complete_to, began_at)
), done AS (
    DELETE FROM pull_todo USING walked
    WHERE pull_todo.user_id = walked.user_id AND pull_todo.added_at = walked.version
    RETURNING pull_todo.user_id
), again AS (
    UPDATE pull_todo SET next_attempt_at = clock_timestamp(), attempts = 0, reason = NULL
    FROM walked
    WHERE pull_todo.user_id = walked.user_id AND pull_todo.added_at <> walked.version
    RETURNING pull_todo.user_id
), looked AS (
    UPDATE outbox SET walks_without = walks_without + 1
    FROM walked
    WHERE outbox.channel = 'zalo' AND outbox.state = 'uncertain' AND outbox.recipient = walked.user_id
      AND outbox.uncertain_at < walked.began_at
      AND (EXISTS (SELECT FROM done WHERE done.user_id = walked.user_id)
           OR EXISTS (SELECT FROM again WHERE again.user_id = walked.user_id))
)
UPDATE citizen
SET complete_to = greatest(citizen.complete_to, walked.complete_to),
    walked_at = greatest(citizen.walked_at, walked.began_at)
FROM walked
WHERE citizen.user_id = walked.user_id
