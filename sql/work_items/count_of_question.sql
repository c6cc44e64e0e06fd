-- How much work was ever put before people for a question?
--   question_id  bigint
SELECT count(*) FROM work_item WHERE question_id = :question_id
