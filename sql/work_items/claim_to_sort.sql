-- Which questions wait to be sorted, and were put before nobody, or before somebody who has kept silent since an instant?
-- Oldest first, held for this transaction; rows another worker holds are passed over. evidence: of the newest
-- classification. Sensitive ones are told at once, to the narrow list alone.
--   asked_before  timestamptz
SELECT work_item.work_item_id, work_item.reason, work_item.proposals, work_item.asked_of, work_item.asked_at,
       work_item.times_asked, question.question_id, question.case_code, question.text, question.received_at,
       coalesce(said.evidence, '[]') AS evidence
FROM work_item JOIN question USING (question_id)
LEFT JOIN LATERAL (SELECT evidence FROM classification
                   WHERE classification.question_id = question.question_id
                   ORDER BY classification_id DESC LIMIT 1) AS said ON true
WHERE work_item.kind = 'triage' AND work_item.closed_at IS NULL AND question.state = 'in_triage'
  AND question.sensitive IS NULL AND question.urgent IS NULL
  AND (work_item.asked_at IS NULL OR work_item.asked_at <= :asked_before AND work_item.times_asked < 3)
ORDER BY work_item.work_item_id
FOR UPDATE OF work_item SKIP LOCKED
