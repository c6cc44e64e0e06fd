-- Walks that did not succeed: later again, each time twice as late, at most an hour.
--   user_ids, reasons  text[]
UPDATE pull_todo
SET attempts = pull_todo.attempts + 1, reason = given.reason,
    next_attempt_at = clock_timestamp() + least(interval '1 minute' * 2 ^ least(pull_todo.attempts, 10), interval '1 hour')
FROM unnest(CAST(:user_ids AS text[]), CAST(:reasons AS text[])) AS given (user_id, reason)
WHERE pull_todo.user_id = given.user_id
