-- More was said to these questions. While nobody outside the desk has the text, it is simply added; afterwards the new
-- messages wait to be passed on to the units.
--   question_ids       bigint[]
--   texts              text[]
--   last_message_ats   timestamptz[]
UPDATE question
SET text = CASE WHEN question.state = 'routed' OR given.text = '' THEN question.text
                ELSE question.text || E'\n' || given.text END,
    last_message_at = greatest(question.last_message_at, given.last_message_at)
FROM unnest(CAST(:question_ids AS bigint[]), CAST(:texts AS text[]), CAST(:last_message_ats AS timestamptz[]))
     AS given (question_id, text, last_message_at)
WHERE question.question_id = given.question_id
