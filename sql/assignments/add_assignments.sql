-- Give questions to units; a pair that is there already is passed over. Returns the new rows.
--   question_ids, calendar_versions  bigint[]
--   unit_codes, place_units, becauses  text[]
--   lettered_ons, unit_due_ons, told_ons  date[]
--   lettered_ats   timestamptz[]   null while the question waits for the unit's next table
INSERT INTO assignment (question_id, unit_code, place_unit, lettered_on, lettered_at, unit_due_on, unit_because, told_on,
                        calendar_version)
SELECT question_id, unit_code, place_unit, lettered_on, lettered_at, unit_due_on, because, told_on, calendar_version
FROM unnest(CAST(:question_ids AS bigint[]), CAST(:unit_codes AS text[]), CAST(:place_units AS text[]),
            CAST(:lettered_ons AS date[]), CAST(:lettered_ats AS timestamptz[]), CAST(:unit_due_ons AS date[]),
            CAST(:becauses AS text[]), CAST(:told_ons AS date[]), CAST(:calendar_versions AS bigint[]))
     AS given (question_id, unit_code, place_unit, lettered_on, lettered_at, unit_due_on, because, told_on,
               calendar_version)
ON CONFLICT (question_id, unit_code) DO NOTHING
RETURNING question_id, unit_code, assignment_id
