-- Which questions are to be answered, found by state (A3)? Those of which all units have replied, or one for all, or whose
-- date, or the later one that was told, has come; and those of which a reply came in after their answer was proposed. Not while a file that came along has
-- still to be looked into. Held for this transaction.
--   partial_on  date   the latest date that has come; null: units are waited for
--   limit       int
SELECT question_id
FROM question
WHERE question_id IN (SELECT question_id FROM assignment WHERE state = 'replied')
  AND parked_at IS NULL
  AND CASE state
      WHEN 'routed' THEN
          (greatest(promised_on, agreed_on) <= CAST(:partial_on AS date)
           OR NOT EXISTS (SELECT FROM assignment
                          WHERE assignment.question_id = question.question_id AND assignment.state = 'awaiting')
           OR EXISTS (SELECT FROM reply WHERE reply.question_id = question.question_id AND answers_for_all
                      AND reading = 'answer'))
          AND EXISTS (SELECT FROM reply_in_force WHERE reply_in_force.question_id = question.question_id)
      WHEN 'answer_proposed' THEN
          EXISTS (SELECT FROM reply_in_force
                  WHERE reply_in_force.question_id = question.question_id
                    AND NOT reply_id = ANY(CAST((SELECT reply_ids FROM answer
                                                 WHERE answer.question_id = question.question_id
                                                 ORDER BY version DESC LIMIT 1) AS bigint[])))
      ELSE false END
  AND NOT EXISTS (SELECT FROM answer WHERE answer.question_id = question.question_id AND answer.state = 'leaving')
  AND NOT EXISTS (SELECT FROM reply_in_force JOIN attachment USING (inbound_mail_id)
                  WHERE reply_in_force.question_id = question.question_id AND attachment.form IS NULL)
ORDER BY promised_on, question_id
LIMIT :limit
FOR UPDATE OF question SKIP LOCKED
