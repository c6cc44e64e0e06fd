-- When the window of each question is looked at next, and whether its citizen was asked for a sign now.
--   question_ids  bigint[]
--   agains        timestamptz[]   null: not before the citizen's next act
--   askeds        boolean[]
--   as_of         timestamptz
UPDATE question
SET window_look_at = given.again,
    keep_open_asked_at = CASE WHEN given.asked THEN CAST(:as_of AS timestamptz) ELSE keep_open_asked_at END
FROM unnest(CAST(:question_ids AS bigint[]), CAST(:agains AS timestamptz[]), CAST(:askeds AS boolean[]))
     AS given (question_id, again, asked)
WHERE question.question_id = given.question_id
