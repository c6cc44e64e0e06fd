-- How far each citizen is sealed, when to look again, and what was said to them.
--   user_ids  text[]
--   sealed_tos, look_agains, prompted_ats, privacy_told_ats  timestamptz[]   null leaves sealed_to, prompted_at, privacy_told_at
UPDATE citizen
SET sealed_to = coalesce(given.sealed_to, citizen.sealed_to),
    seal_due_at = given.look_again,
    prompted_at = coalesce(given.prompted_at, citizen.prompted_at),
    privacy_told_at = coalesce(given.privacy_told_at, citizen.privacy_told_at)
FROM unnest(CAST(:user_ids AS text[]), CAST(:sealed_tos AS timestamptz[]), CAST(:look_agains AS timestamptz[]),
            CAST(:prompted_ats AS timestamptz[]), CAST(:privacy_told_ats AS timestamptz[]))
     AS given (user_id, sealed_to, look_again, prompted_at, privacy_told_at)
WHERE citizen.user_id = given.user_id
