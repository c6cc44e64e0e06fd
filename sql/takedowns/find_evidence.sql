-- The paper about the removal of the article of a code, if it was taken down.
--   code  text
SELECT code, evidence AS content, evidence_sha256 AS sha256
FROM takedown JOIN content_item USING (content_item_id)
WHERE code = :code AND takedown.state = 'done'
