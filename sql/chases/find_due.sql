-- What these units owe and the chase must look at, oldest first, with the newest step that was taken. It keeps still, an
-- hour at a time, while something of the unit waits at our side for a person, or another unit has answered for all.
--   unit_codes  text[]
--   as_of       timestamptz
SELECT assignment.assignment_id, assignment.question_id, assignment.unit_code, assignment.place_unit,
       question.case_code, question.state, question.received_at, assignment.lettered_at, assignment.unit_due_on,
       assignment.version, assignment.told_on,
       greatest(assignment.silent_until, CASE
           WHEN assignment.assignment_id IN (
                    SELECT CAST(proposal ->> 'assignment_id' AS bigint)
                    FROM work_item CROSS JOIN jsonb_array_elements(work_item.proposals) AS proposal
                    WHERE work_item.closed_at IS NULL AND proposal -> 'waits_for_us' = 'true')
             OR EXISTS (SELECT FROM reply_in_force
                        WHERE reply_in_force.question_id = assignment.question_id AND answers_for_all)
           THEN CAST(:as_of AS timestamptz) + interval '1 hour' END) AS silent_until,
       assignment.passed_to,
       EXISTS (SELECT FROM assignment AS other
               WHERE other.question_id = assignment.question_id AND other.assignment_id <> assignment.assignment_id
                 AND other.state <> 'withdrawn') AS is_shared,
       newest.due_on AS taken_for, newest.step AS taken,
       (SELECT max(warned.due_on) FROM chase_step AS warned
        WHERE warned.assignment_id = assignment.assignment_id AND warned.step > 0
          AND warned.taken_back_on IS NULL) AS warned_for
FROM assignment
JOIN question USING (question_id)
LEFT JOIN LATERAL (
    SELECT chase_step.due_on, chase_step.step FROM chase_step
    WHERE chase_step.assignment_id = assignment.assignment_id
    ORDER BY chase_step.due_on DESC, chase_step.step DESC
    LIMIT 1
) AS newest ON true
WHERE assignment.state = 'awaiting' AND assignment.next_step_at <= CAST(:as_of AS timestamptz)
  AND assignment.lettered_at IS NOT NULL AND assignment.unit_code = ANY(CAST(:unit_codes AS text[]))
ORDER BY assignment.unit_code, assignment.place_unit, assignment.unit_due_on, assignment.assignment_id
