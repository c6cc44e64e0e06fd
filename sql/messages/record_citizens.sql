-- Who wrote: make citizens known, with the name they show and their newest own act. Rows that change nothing are left.
--   user_ids, names  text[]          empty where no row of theirs names them
--   acts             timestamptz[]   null where they did nothing
INSERT INTO citizen AS known (user_id, display_name, last_act_at)
SELECT user_id, name, act
FROM unnest(CAST(:user_ids AS text[]), CAST(:names AS text[]), CAST(:acts AS timestamptz[])) AS given (user_id, name, act)
ORDER BY user_id
ON CONFLICT (user_id) DO UPDATE
SET display_name = coalesce(nullif(excluded.display_name, ''), known.display_name),
    last_act_at = greatest(known.last_act_at, excluded.last_act_at)
WHERE excluded.last_act_at > known.last_act_at
   OR (excluded.last_act_at IS NOT NULL AND known.last_act_at IS NULL)
   OR excluded.display_name NOT IN ('', known.display_name)
