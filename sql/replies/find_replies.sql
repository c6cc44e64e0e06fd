-- What units wrote on these questions, oldest first, with the files that came along.
--   question_ids  bigint[]
SELECT reply_id, question_id, assignment_id, unit_code, place_unit, reading, reply.text, full_text, answers_for_all,
       letter_number, letter_on, letter_confirmed_by, reply.received_at, standing, inbound_mail_id,
       ARRAY(SELECT attachment_id FROM attachment WHERE attachment.inbound_mail_id = reply.inbound_mail_id
             ORDER BY position) AS attachment_ids
FROM reply JOIN assignment USING (assignment_id, question_id)
WHERE question_id = ANY(CAST(:question_ids AS bigint[]))
ORDER BY reply_id
