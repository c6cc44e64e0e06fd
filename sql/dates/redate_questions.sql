-- New dates of questions and the calendar they were read from. A promise that moves is remembered until it is told.
--   question_ids     bigint[]
--   promised_ons     date[]    null where nothing was promised yet
--   due_by_rule_ons  date[]
--   becauses         text[]
--   calendar_version bigint
UPDATE question
SET moved_from = CASE WHEN question.promised_on < given.promised_on
                      THEN coalesce(question.moved_from, question.promised_on) ELSE question.moved_from END,
    promised_on = given.promised_on, due_by_rule_on = given.due_by_rule_on, promised_because = given.because,
    calendar_version = :calendar_version
FROM unnest(CAST(:question_ids AS bigint[]), CAST(:promised_ons AS date[]), CAST(:due_by_rule_ons AS date[]),
            CAST(:becauses AS text[]))
     AS given (question_id, promised_on, due_by_rule_on, because)
WHERE question.question_id = given.question_id
