-- Which redirects were proposed and put before nobody yet? Oldest first, held for this transaction; rows another worker
-- holds are passed over.
--   limit  int
SELECT work_item.work_item_id, work_item.reason, work_item.proposals, question.question_id, question.case_code,
       question.text, question.received_at
FROM work_item JOIN question USING (question_id)
WHERE work_item.kind = 'redirect' AND work_item.closed_at IS NULL AND work_item.asked_at IS NULL
  AND question.state = 'redirect_proposed' AND question.sensitive IS NULL
ORDER BY work_item.work_item_id
LIMIT :limit
FOR UPDATE OF work_item SKIP LOCKED
