-- How many deliveries of a kind were ever queued for a question?
--   question_id  bigint
--   kind         text
SELECT count(*) FROM outbox WHERE question_id = :question_id AND kind = :kind
