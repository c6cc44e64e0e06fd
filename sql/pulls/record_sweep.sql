-- What a sweep that is over has found: whose conversations must be walked. Of rows that may have been seen before, only
-- those the store lacks count. The cursor moves in the same statement (A2). Returns who moved.
--   moved_user_ids, moved_ids      text[]          the newest new row of each citizen
--   moved_ats                      timestamptz[]
--   perhaps_user_ids, perhaps_ids  text[]          rows that may be known
--   perhaps_ats                    timestamptz[]
--   oa_id       text
--   high_water  timestamptz   null leaves it
--   began_at    timestamptz
WITH sighted AS (
    SELECT DISTINCT ON (user_id) user_id, message_id, sent_at
    FROM (
        SELECT user_id, message_id, sent_at
        FROM unnest(CAST(:moved_user_ids AS text[]), CAST(:moved_ids AS text[]), CAST(:moved_ats AS timestamptz[]))
             AS moved (user_id, message_id, sent_at)
        UNION ALL
        SELECT user_id, message_id, sent_at
        FROM unnest(CAST(:perhaps_user_ids AS text[]), CAST(:perhaps_ids AS text[]), CAST(:perhaps_ats AS timestamptz[]))
             AS perhaps (user_id, message_id, sent_at)
        WHERE NOT EXISTS (SELECT FROM message WHERE message.message_id = perhaps.message_id)
    ) AS seen
    ORDER BY user_id, sent_at DESC
), known AS (
    INSERT INTO citizen (user_id) SELECT user_id FROM sighted
    ON CONFLICT DO NOTHING
), cursor AS (
    INSERT INTO pull_cursor (oa_id, high_water, swept_at)
    VALUES (:oa_id, coalesce(CAST(:high_water AS timestamptz), 'epoch'), :began_at)
    ON CONFLICT (oa_id) DO UPDATE
    SET high_water = greatest(pull_cursor.high_water, excluded.high_water),
        swept_at = greatest(pull_cursor.swept_at, excluded.swept_at)
)
INSERT INTO pull_todo (user_id, seen_up_to, seen_id)
SELECT user_id, sent_at, message_id FROM sighted
ON CONFLICT (user_id) DO UPDATE
SET seen_up_to = greatest(pull_todo.seen_up_to, excluded.seen_up_to), seen_id = excluded.seen_id,
    added_at = excluded.added_at
RETURNING user_id
