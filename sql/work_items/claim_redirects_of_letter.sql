-- The redirects that one letter put before an official, by their places in it, held for this transaction; closed ones too:
-- whoever is slower hears who was quicker.
--   letter  int   the number of the letter's first piece of work
SELECT work_item.work_item_id, work_item.proposals, work_item.closed_at, work_item.closed_by, work_item.outcome,
       CAST(work_item.asked ->> 'place' AS int) AS place, question.question_id, question.case_code
FROM work_item JOIN question USING (question_id)
WHERE work_item.kind = 'redirect' AND CAST(work_item.asked ->> 'letter' AS int) = :letter
ORDER BY place
FOR UPDATE OF work_item
