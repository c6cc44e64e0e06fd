-- The letters of ours that a mail answers, by what stands for their keys in Message-IDs.
--   digests  text[]
SELECT letter_digest(key) AS digest, key, kind, question_id, assignment_id, recipient, stream, parts
FROM outbox
WHERE channel = 'mail' AND letter_digest(key) = ANY(CAST(:digests AS text[]))
