-- The letters of ours that mails are about, by what stands for their keys in Message-IDs. text: of a letter about several
-- questions; those of one question are found with the question. html: what a reply in HTML alone quotes.
--   digests  text[]
SELECT digest, key, kind, question_id, assignment_id, recipient, stream,
       CASE WHEN question_id IS NULL THEN parts ->> 'text' END AS text, parts ->> 'html' AS html
FROM outbox
WHERE channel = 'mail' AND digest = ANY(CAST(:digests AS text[]))
