-- The newest answer of a question, with all that decides whether it may be remembered, and what its units wrote of letters.
--   case_code  text
SELECT question.question_id, question.case_code, question.text AS question_text, question.topics,
       coalesce(citizen.display_name, '') AS asker, question.sensitive IS NOT NULL OR question.urgent IS NOT NULL AS is_narrow,
       answer.answer_id, answer.state, coalesce(answer.text, '') AS answer_text,
       coalesce(answer.needs_choice OR answer.choice <> 'with_number', false) AS is_of_dossier, coalesce(answer.missing_units <> '{}', false) AS is_partial, answer.released_by, answer.released_at,
       coalesce(of_units.units, '{}') AS units, coalesce(of_units.letter_numbers, '{}') AS letter_numbers,
       coalesce(of_units.letter_dates, '{}') AS letter_dates
FROM question
JOIN citizen USING (user_id)
LEFT JOIN LATERAL (SELECT * FROM answer WHERE answer.question_id = question.question_id
                   ORDER BY version DESC LIMIT 1) AS answer ON true
LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT unit_code) AS units,
           array_agg(letter_number ORDER BY reply_id) FILTER (WHERE is_confirmed) AS letter_numbers,
           array_agg(letter_on ORDER BY reply_id) FILTER (WHERE is_confirmed) AS letter_dates
    FROM (SELECT reply_id, assignment.unit_code, letter_number, letter_on,
                 letter_number IS NOT NULL AND letter_confirmed_by IS NOT NULL AS is_confirmed
          FROM reply JOIN assignment USING (assignment_id) WHERE reply_id = ANY(answer.reply_ids)) AS written
) AS of_units ON true
WHERE question.case_code = :case_code
FOR UPDATE OF question
