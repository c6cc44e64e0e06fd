-- Give questions to units. A unit that owes its reply already goes on as it is; one that was through with the question is
-- asked anew, under the next version. The chase looks at once, and sets the time of the first step. Returns what a letter
-- must be written for.
--   question_ids, calendar_versions  bigint[]
--   unit_codes, place_units, becauses  text[]
--   lettered_ons, unit_due_ons, told_ons  date[]
--   lettered_ats   timestamptz[]   null while the question waits for the unit's next table
INSERT INTO assignment (question_id, unit_code, place_unit, lettered_on, lettered_at, unit_due_on, unit_because, told_on,
                        calendar_version, next_step_at)
SELECT question_id, unit_code, place_unit, lettered_on, lettered_at, unit_due_on, because, told_on, calendar_version,
       lettered_at
FROM unnest(CAST(:question_ids AS bigint[]), CAST(:unit_codes AS text[]), CAST(:place_units AS text[]),
            CAST(:lettered_ons AS date[]), CAST(:lettered_ats AS timestamptz[]), CAST(:unit_due_ons AS date[]),
            CAST(:becauses AS text[]), CAST(:told_ons AS date[]), CAST(:calendar_versions AS bigint[]))
     AS given (question_id, unit_code, place_unit, lettered_on, lettered_at, unit_due_on, because, told_on,
               calendar_version)
ON CONFLICT (question_id, unit_code) DO UPDATE
SET state = 'awaiting', version = assignment.version + 1, place_unit = excluded.place_unit,
    lettered_on = excluded.lettered_on, lettered_at = excluded.lettered_at, unit_due_on = excluded.unit_due_on,
    unit_because = excluded.unit_because, told_on = excluded.told_on, calendar_version = excluded.calendar_version,
    next_step_at = excluded.next_step_at, silent_until = NULL, replied_at = NULL, acknowledged_at = NULL,
    passed_to = '', thanked_on = NULL
WHERE assignment.state <> 'awaiting'
RETURNING question_id, unit_code, assignment_id, version
