-- New dates of questions and the calendar they were read from. A promise that moves is remembered until it is told.
--   question_ids     bigint[]
--   places           int[]     where the question's dates stand below, from 1 on: few dates serve many questions
--   promised_ons     date[]    null where nothing was promised yet
--   due_by_rule_ons  date[]
--   becauses         text[]
--   calendar_version bigint
UPDATE question
SET moved_from = CASE WHEN question.promised_on < dated.promised_on
                      THEN coalesce(question.moved_from, question.promised_on) ELSE question.moved_from END,
    promised_on = dated.promised_on, due_by_rule_on = dated.due_by_rule_on, promised_because = dated.because,
    calendar_version = :calendar_version
FROM unnest(CAST(:question_ids AS bigint[]), CAST(:places AS int[])) AS given (question_id, place)
     JOIN unnest(CAST(:promised_ons AS date[]), CAST(:due_by_rule_ons AS date[]), CAST(:becauses AS text[]))
          WITH ORDINALITY AS dated (promised_on, due_by_rule_on, because, place) USING (place)
WHERE question.question_id = given.question_id
