-- The paper about a removal.
--   takedown_id  bigint
SELECT code, evidence AS content, evidence_sha256 AS sha256
FROM takedown JOIN content_item USING (content_item_id)
WHERE takedown_id = :takedown_id AND takedown.state = 'done'
