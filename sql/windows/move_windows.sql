-- These citizens may have acted: the windows of all their open questions reach as far as their newest act lets them, are
-- looked at again a day after it, what asked for a sign and has not left is pointless, and whoever was to find another way
-- need not. Returns the questions.
--   user_ids  text[]
WITH moved AS (
    UPDATE question
    SET window_closes_at = greatest(window_closes_at, last_act_at + interval '7 days'),
        window_look_at = last_act_at + interval '1 day'
    FROM citizen
    WHERE citizen.user_id = question.user_id AND question.user_id = ANY(CAST(:user_ids AS text[]))
      AND closed_at IS NULL
      AND (window_look_at IS NULL OR window_closes_at < last_act_at + interval '7 days')
      AND last_act_at IS NOT NULL
    RETURNING question_id
), pointless AS (
    UPDATE outbox SET state = 'cancelled', outcome = 'pointless'
    FROM moved
    WHERE outbox.question_id = moved.question_id AND outbox.state = 'queued' AND attempts = 0 AND kind = 'keep-open'
), opened AS (
    UPDATE work_item SET closed_at = clock_timestamp(), closed_by = 'desk', outcome = 'công dân đã nhắn lại'
    FROM moved
    WHERE work_item.question_id = moved.question_id AND kind = 'window_shut' AND work_item.closed_at IS NULL
)
SELECT question_id FROM moved
