-- Which answers have left as a whole, or will not? Held with their questions for this transaction. is_partial: a unit that
-- was asked is not in it, and is still waited for.
--   limit  int
SELECT answer.answer_id, answer.question_id, case_code, user_id, last_act_at, version, left_by.failed > 0 AS has_failed, left_by.sent_at,
       answer.missing_units <> '{}'
       AND EXISTS (SELECT FROM assignment
                   WHERE assignment.question_id = answer.question_id AND assignment.state IN ('awaiting', 'replied')
                     AND assignment_id NOT IN (SELECT assignment_id FROM reply WHERE reply_id = ANY(answer.reply_ids)))
           AS is_partial
FROM answer
JOIN question USING (question_id)
JOIN citizen USING (user_id)
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE outbox.state IN ('queued', 'sending', 'uncertain')) AS open,
           count(*) FILTER (WHERE outbox.state IN ('failed', 'cancelled')) AS failed, max(sent_at) AS sent_at
    FROM outbox
    WHERE outbox.question_id = answer.question_id AND starts_with(outbox.key, 'answer:' || answer.answer_id || ':')
) AS left_by
WHERE answer.state = 'leaving' AND question.closed_at IS NULL AND (left_by.open = 0 OR left_by.failed > 0)
ORDER BY answer.answer_id
LIMIT :limit
FOR UPDATE OF question SKIP LOCKED
