-- What was proposed for these questions is not in hand any more, and nobody need decide on it.
--   question_ids  bigint[]
--   outcome       text      why, for whoever looks at the work
WITH superseded AS (
    UPDATE answer SET state = 'superseded'
    WHERE question_id = ANY(CAST(:question_ids AS bigint[])) AND state = 'proposed'
    RETURNING answer_id
)
UPDATE work_item SET closed_at = clock_timestamp(), closed_by = 'desk', outcome = :outcome
FROM superseded
WHERE work_item.key = 'answer:' || superseded.answer_id AND work_item.closed_at IS NULL
