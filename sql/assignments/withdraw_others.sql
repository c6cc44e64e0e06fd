-- Other units were named for a question: those that still owe a reply need not give it.
--   question_id  bigint
--   keep         text[]   the units that are named now
UPDATE assignment SET state = 'withdrawn'
WHERE question_id = :question_id AND state = 'awaiting' AND NOT unit_code = ANY(CAST(:keep AS text[]))
RETURNING unit_code
