-- One reply, by what its mail said.
--   reply_id  bigint
SELECT reply_id, question_id, assignment_id, reading, reply.text, reply.received_at, case_code
FROM reply JOIN question USING (question_id)
WHERE reply_id = :reply_id
