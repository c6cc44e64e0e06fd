-- What was asked by mail and nobody has answered, oldest first; rows another worker holds are passed over. A question
-- that the duty officer answers is answered once it stands elsewhere, though its work is closed when the answer goes.
-- What is asked about in letters on several questions has ladders of its own. is_narrow: few may read about it.
--   asked_before  timestamptz
--   limit         int
SELECT work_item.work_item_id, work_item.key, work_item.kind, work_item.asked, work_item.asked_of, work_item.asked_at,
       work_item.times_asked, work_item.question_id,
       EXISTS (SELECT FROM question
               WHERE question.question_id = work_item.question_id
                 AND (question.sensitive IS NOT NULL OR question.urgent IS NOT NULL)) AS is_narrow
FROM work_item
WHERE closed_at IS NULL AND asked_at <= :asked_before AND times_asked < 3
  AND kind NOT IN ('endangered_answer', 'overdue_answer', 'redirect', 'triage', 'sensitive')
  AND (kind <> 'answer_by_duty'
       OR EXISTS (SELECT FROM question
                  WHERE question.question_id = work_item.question_id AND question.state = 'with_duty'))
ORDER BY asked_at, work_item_id
LIMIT :limit
FOR UPDATE SKIP LOCKED
