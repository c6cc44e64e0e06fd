-- Put work before a person; a key that is already there, open or closed, is not opened again.
--   keys, kinds, reasons, owners, remedies, traceback_ids, tracebacks  text[]
--   proposals      jsonb   an array of all, each best first
--   question_ids, content_item_ids, outbox_ids  bigint[]
INSERT INTO work_item (key, kind, reason, owner, remedy, proposals, question_id, content_item_id, outbox_id, traceback_id,
                       traceback)
SELECT key, kind, reason, owner, remedy, proposals, question_id, content_item_id, outbox_id, traceback_id, traceback
FROM ROWS FROM (unnest(CAST(:keys AS text[]), CAST(:kinds AS text[]), CAST(:reasons AS text[]), CAST(:owners AS text[]),
                       CAST(:remedies AS text[]), CAST(:question_ids AS bigint[]), CAST(:content_item_ids AS bigint[]),
                       CAST(:outbox_ids AS bigint[]), CAST(:traceback_ids AS text[]), CAST(:tracebacks AS text[])),
                jsonb_array_elements(CAST(:proposals AS jsonb)))
     AS given (key, kind, reason, owner, remedy, question_id, content_item_id, outbox_id, traceback_id, traceback,
               proposals)
ON CONFLICT (key) DO NOTHING
RETURNING key, work_item_id
