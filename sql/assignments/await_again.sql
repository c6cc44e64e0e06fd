-- A unit that was released, or through with a question, has it again; the chase does not look at it by itself.
--   assignment_id  bigint
UPDATE assignment SET state = 'awaiting', replied_at = NULL
WHERE assignment_id = :assignment_id AND state IN ('withdrawn', 'closed')
