-- Write what has changed; the flow run comes from the transaction's setting desk.flow_run.
--   kinds, actors  text[]
--   question_ids, assignment_ids, content_item_ids, outbox_ids  bigint[]
--   details        jsonb   an array of all, of codes, dates and counts; never texts or names
--   as_of          timestamptz
INSERT INTO event (kind, question_id, assignment_id, content_item_id, outbox_id, as_of, actor, details)
SELECT kind, question_id, assignment_id, content_item_id, outbox_id, CAST(:as_of AS timestamptz), actor, details
FROM ROWS FROM (unnest(CAST(:kinds AS text[]), CAST(:question_ids AS bigint[]), CAST(:assignment_ids AS bigint[]),
                       CAST(:content_item_ids AS bigint[]), CAST(:outbox_ids AS bigint[]), CAST(:actors AS text[])),
                jsonb_array_elements(CAST(:details AS jsonb)))
     AS given (kind, question_id, assignment_id, content_item_id, outbox_id, actor, details)
