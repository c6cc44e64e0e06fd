-- The units are written to now, in a table or, where a letter came back, at another address: they have the questions from
-- now on, with the time that is theirs (U25). What the letter says stays.
--   assignment_ids  bigint[]
--   unit_due_ons    date[]   for 1, 2, and 3 or more units
--   becauses        text[]   how each was counted
--   as_of           timestamptz
--   lettered_on     date
UPDATE assignment
SET lettered_on = CAST(:lettered_on AS date), lettered_at = CAST(:as_of AS timestamptz),
    next_step_at = CAST(:as_of AS timestamptz),
    unit_due_on = (CAST(:unit_due_ons AS date[]))[least(coalesce(question.unit_count, 1), 3)],
    unit_because = (CAST(:becauses AS text[]))[least(coalesce(question.unit_count, 1), 3)]
FROM question
WHERE assignment.question_id = question.question_id AND assignment.state = 'awaiting'
  AND assignment.assignment_id = ANY(CAST(:assignment_ids AS bigint[]))
