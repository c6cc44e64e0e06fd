-- New dates of awaited assignments; what a unit was told is remembered until it is told the new date.
--   assignment_ids         bigint[]
--   places                 int[]     where the assignment's dates stand below, from 1 on: few dates serve many
--   unit_due_ons, told_ons date[]
--   becauses               text[]
--   calendar_version       bigint
UPDATE assignment
SET moved_from = CASE WHEN assignment.told_on < dated.told_on
                      THEN coalesce(assignment.moved_from, assignment.told_on) ELSE assignment.moved_from END,
    unit_due_on = dated.unit_due_on, told_on = dated.told_on, unit_because = dated.because,
    calendar_version = :calendar_version
FROM unnest(CAST(:assignment_ids AS bigint[]), CAST(:places AS int[])) AS given (assignment_id, place)
     JOIN unnest(CAST(:unit_due_ons AS date[]), CAST(:told_ons AS date[]), CAST(:becauses AS text[]))
          WITH ORDINALITY AS dated (unit_due_on, told_on, because, place) USING (place)
WHERE assignment.assignment_id = given.assignment_id
