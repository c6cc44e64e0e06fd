-- The open work, oldest first, with the question it is about.
SELECT work_item.work_item_id, work_item.kind, work_item.reason, work_item.owner, work_item.remedy, work_item.proposals,
       work_item.opened_at, question.case_code, question.due_by_rule_on
FROM work_item LEFT JOIN question USING (question_id)
WHERE work_item.closed_at IS NULL
ORDER BY work_item.work_item_id
