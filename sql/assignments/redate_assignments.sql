-- New dates of awaited assignments; told_on is what the unit's letters show from now on.
--   assignment_ids     bigint[]
--   unit_due_ons, told_ons  date[]
--   becauses           text[]
--   calendar_version   bigint
UPDATE assignment
SET unit_due_on = given.unit_due_on, told_on = given.told_on, unit_because = given.because,
    calendar_version = :calendar_version
FROM unnest(CAST(:assignment_ids AS bigint[]), CAST(:unit_due_ons AS date[]), CAST(:told_ons AS date[]),
            CAST(:becauses AS text[]))
     AS given (assignment_id, unit_due_on, told_on, because)
WHERE assignment.assignment_id = given.assignment_id
