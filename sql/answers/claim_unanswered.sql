-- Which answers were put before an official and have met silence? Oldest first, held with their questions; rows another
-- worker holds are passed over.
--   proposed_before  timestamptz
--   limit            int
SELECT answer.question_id, answer_id, proposed_to, proposed_at, times_proposed
FROM answer JOIN question USING (question_id)
WHERE answer.state = 'proposed' AND proposed_at <= :proposed_before AND times_proposed < 3
  AND question.state = 'answer_proposed'
ORDER BY proposed_at, answer_id
LIMIT :limit
FOR UPDATE OF question SKIP LOCKED
