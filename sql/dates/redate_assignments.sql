-- New dates of awaited assignments; what a unit was told is remembered until it is told the new date.
--   assignment_ids         bigint[]
--   unit_due_ons, told_ons date[]
--   becauses               text[]
--   calendar_version       bigint
UPDATE assignment
SET moved_from = CASE WHEN assignment.told_on < given.told_on
                      THEN coalesce(assignment.moved_from, assignment.told_on) ELSE assignment.moved_from END,
    unit_due_on = given.unit_due_on, told_on = given.told_on, unit_because = given.because,
    calendar_version = :calendar_version
FROM unnest(CAST(:assignment_ids AS bigint[]), CAST(:unit_due_ons AS date[]), CAST(:told_ons AS date[]),
            CAST(:becauses AS text[]))
     AS given (assignment_id, unit_due_on, told_on, because)
WHERE assignment.assignment_id = given.assignment_id
