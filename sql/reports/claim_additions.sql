-- What citizens wrote later to questions that units have: a row a message and unit that still owes its reply.
SELECT message.message_id, message.sent_at, message.text, question.question_id, question.case_code,
       question.received_at, question.topics, question.promised_because, assignment.assignment_id,
       assignment.unit_code, assignment.place_unit, assignment.told_on, assignment.lettered_on
FROM message
JOIN question USING (question_id)
JOIN assignment USING (question_id)
WHERE message.purpose IN ('follow_up', 'late') AND message.passed_on_at IS NULL
  AND question.state = 'routed' AND assignment.state = 'awaiting' AND assignment.lettered_at IS NOT NULL
ORDER BY question.question_id, assignment.assignment_id, message.sent_at
FOR UPDATE OF message SKIP LOCKED
