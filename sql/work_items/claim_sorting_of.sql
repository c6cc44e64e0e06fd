-- The newest work of sorting a question, held for a person's decision; closed too: who is slower hears who was quicker.
--   case_code  text
SELECT work_item.work_item_id, work_item.proposals, work_item.closed_at, work_item.closed_by, work_item.outcome,
       question.question_id, question.case_code, question.text, question.received_at, question.topics
FROM work_item JOIN question USING (question_id)
WHERE work_item.kind = 'triage' AND question.case_code = :case_code
ORDER BY work_item.work_item_id DESC
LIMIT 1
FOR UPDATE OF work_item
