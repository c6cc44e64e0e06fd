-- What was decided on each question; dates that are not given stay as they are.
--   question_ids   bigint[]
--   states, topics (comma-joined), becauses   text[]
--   unit_counts    int[]
--   promised_ons, due_by_rule_ons   date[]
--   calendar_versions   bigint[]
--   routed_ats     timestamptz[]
UPDATE question
SET state = given.state,
    topics = coalesce(string_to_array(nullif(given.topics, ''), ','), question.topics),
    unit_count = coalesce(given.unit_count, question.unit_count),
    promised_on = coalesce(given.promised_on, question.promised_on),
    due_by_rule_on = coalesce(given.due_by_rule_on, question.due_by_rule_on),
    promised_because = coalesce(given.because, question.promised_because),
    calendar_version = coalesce(given.calendar_version, question.calendar_version),
    routed_at = coalesce(given.routed_at, question.routed_at),
    closed_at = CASE WHEN given.state IN ('answered', 'closed') THEN clock_timestamp() END
FROM unnest(CAST(:question_ids AS bigint[]), CAST(:states AS text[]), CAST(:topics AS text[]),
            CAST(:unit_counts AS int[]), CAST(:promised_ons AS date[]), CAST(:due_by_rule_ons AS date[]),
            CAST(:becauses AS text[]), CAST(:calendar_versions AS bigint[]), CAST(:routed_ats AS timestamptz[]))
     AS given (question_id, state, topics, unit_count, promised_on, due_by_rule_on, because, calendar_version, routed_at)
WHERE question.question_id = given.question_id
