-- What a mail replied to, of what still waits for an answer: which questions, at which units, until when.
--   inbound_mail_id  bigint
SELECT reply_id, reply.question_id, reply.assignment_id, reply.reading, reply.text, reply.from_address, case_code,
       unit_code, place_unit, assignment.version, told_on
FROM reply JOIN assignment USING (assignment_id) JOIN question ON question.question_id = reply.question_id
WHERE inbound_mail_id = :inbound_mail_id AND assignment.state IN ('awaiting', 'replied')
ORDER BY reply_id
