-- What replies do to the questions at their units. Only an answer ends what a unit owes; a chase keeps still until then.
--   assignment_ids  bigint[]
--   replied_ats, acknowledged_ats, silent_untils  timestamptz[]   null: nothing of the kind
--   passed_tos      text[]   whom the unit gave it to, empty for nobody
UPDATE assignment
SET state = CASE WHEN assignment.state = 'awaiting' AND given.replied_at IS NOT NULL THEN 'replied'
            ELSE assignment.state END,
    replied_at = CASE WHEN assignment.state = 'awaiting' AND given.replied_at IS NOT NULL THEN given.replied_at
                 ELSE assignment.replied_at END,
    next_step_at = CASE WHEN given.replied_at IS NULL THEN assignment.next_step_at END,
    acknowledged_at = coalesce(assignment.acknowledged_at, given.acknowledged_at),
    passed_to = coalesce(nullif(given.passed_to, ''), assignment.passed_to),
    silent_until = greatest(assignment.silent_until, given.silent_until)
FROM unnest(CAST(:assignment_ids AS bigint[]), CAST(:replied_ats AS timestamptz[]),
            CAST(:acknowledged_ats AS timestamptz[]), CAST(:silent_untils AS timestamptz[]),
            CAST(:passed_tos AS text[]))
     AS given (assignment_id, replied_at, acknowledged_at, silent_until, passed_to)
WHERE assignment.assignment_id = given.assignment_id
