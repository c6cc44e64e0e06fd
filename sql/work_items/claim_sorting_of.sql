-- The newest work of sorting a question, held for a person's decision; closed too: who is slower hears who was quicker.
-- is_narrow: only who was written to about this question alone decides on it.
--   case_code  text
SELECT work_item.work_item_id, work_item.proposals, work_item.asked_at, work_item.closed_at, work_item.closed_by,
       work_item.outcome, question.question_id, question.case_code, question.text, question.received_at, question.topics,
       question.sensitive IS NOT NULL OR question.urgent IS NOT NULL AS is_narrow
FROM work_item JOIN question USING (question_id)
WHERE work_item.kind IN ('triage', 'sensitive') AND question.case_code = :case_code
ORDER BY work_item.work_item_id DESC
LIMIT 1
FOR UPDATE OF work_item
