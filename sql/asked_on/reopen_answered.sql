-- Citizens ask on about questions that were answered: these begin anew, before a person, with what was written now. Returns
-- which did, with what their first round came to.
--   question_ids      bigint[]
--   received_ats      timestamptz[]
--   due_ons           date[]
--   becauses          text[]
--   calendar_version  bigint
WITH given AS (
    SELECT question_id, case_code, received_at, promised_on, answered_at, closed_at, given.asked_at, given.due_on, given.because
    FROM unnest(CAST(:question_ids AS bigint[]), CAST(:received_ats AS timestamptz[]), CAST(:due_ons AS date[]),
                CAST(:becauses AS text[])) AS given (question_id, asked_at, due_on, because)
    JOIN question USING (question_id)
    WHERE state = 'answered'
    FOR UPDATE OF question
)
UPDATE question
SET state = 'in_triage', received_at = given.asked_at, due_by_rule_on = given.due_on, promised_because = given.because,
    calendar_version = :calendar_version, closed_at = NULL, answered_at = NULL, unit_count = NULL, promised_on = NULL,
    moved_from = NULL, agreed_on = NULL, apologised_at = NULL, late_told_for = NULL, routed_at = NULL, refusals = 0,
    keep_open_asked_at = NULL
FROM given
WHERE question.question_id = given.question_id
RETURNING question.question_id, question.case_code, given.received_at, given.promised_on,
          coalesce(given.answered_at, given.closed_at) AS answered_at
