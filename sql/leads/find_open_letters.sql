-- What do officials still have to decide on these questions? The reply addresses of their letters that are good, and whose
-- matter is open.
--   question_ids  bigint[]
--   day           date
SELECT token_sha256, step, mail_token.version, false AS is_dead, mail_token.question_id, mail_token.assignment_id,
       work_item_id, answer_id, mail_token.content_item_id, official_code
FROM mail_token
JOIN question USING (question_id)
LEFT JOIN work_item USING (work_item_id)
LEFT JOIN answer USING (answer_id)
WHERE mail_token.question_id = ANY(CAST(:question_ids AS bigint[])) AND official_code IS NOT NULL
  AND used_at IS NULL AND expires_on >= :day
  AND CASE step WHEN 'work-item' THEN work_item.closed_at IS NULL
      WHEN 'answer' THEN answer.state = 'proposed'
      WHEN 'duty-answer' THEN question.state = 'with_duty'
      ELSE true END
