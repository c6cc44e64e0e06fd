-- What a person had or has to do about a question.
--   question_id  bigint
SELECT kind, reason, owner, opened_at, closed_at, closed_by, outcome, proposals
FROM work_item WHERE question_id = :question_id
ORDER BY work_item_id
