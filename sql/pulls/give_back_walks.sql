-- Walks that were taken and not begun, because the gateway is down: due at once, at no cost to them.
--   user_ids  text[]
UPDATE pull_todo SET next_attempt_at = clock_timestamp() WHERE user_id = ANY(CAST(:user_ids AS text[]))
