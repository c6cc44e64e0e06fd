-- One piece of work, held for a person's decision, with the question it is about.
--   work_item_id  bigint
SELECT work_item.work_item_id, work_item.kind, work_item.proposals, work_item.asked, work_item.question_id,
       work_item.content_item_id, work_item.closed_at, work_item.closed_by, work_item.outcome, question.case_code
FROM work_item LEFT JOIN question USING (question_id)
WHERE work_item.work_item_id = :work_item_id
FOR UPDATE OF work_item
