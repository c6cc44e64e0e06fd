-- The replies that answer these questions, oldest first: read as answers, of units that are still asked, and told to
-- nobody yet.
--   question_ids  bigint[]
SELECT reply_id, question_id, assignment_id, unit_code, place_unit, text, received_at, standing, from_address,
       answers_for_all, letter_number, letter_on, letter_confirmed_by IS NOT NULL AS letter_confirmed, inbound_mail_id
FROM reply_in_force
WHERE question_id = ANY(CAST(:question_ids AS bigint[]))
ORDER BY received_at, reply_id
