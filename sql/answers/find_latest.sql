-- The newest version of each question's answer.
--   question_ids  bigint[]
SELECT DISTINCT ON (question_id) answer_id, question_id, version, state, text, written_by, reply_ids, attachment_ids,
       missing_units, remarks, needs_choice, proposed_to, proposed_at, released_by, released_at
FROM answer
WHERE question_id = ANY(CAST(:question_ids AS bigint[]))
ORDER BY question_id, version DESC
