-- Which answers were put before an official and have met silence? Oldest first, held with their questions; rows another
-- worker holds are passed over. is_narrow: few may read them.
--   asked_before  timestamptz
--   limit         int
SELECT answer.question_id, answer_id, proposed_to, asked_at, times_asked,
       question.sensitive IS NOT NULL OR question.urgent IS NOT NULL AS is_narrow
FROM answer JOIN question USING (question_id)
WHERE answer.state = 'proposed' AND asked_at <= :asked_before AND times_asked < 3
  AND question.state = 'answer_proposed'
ORDER BY asked_at, answer_id
LIMIT :limit
FOR UPDATE OF question SKIP LOCKED
