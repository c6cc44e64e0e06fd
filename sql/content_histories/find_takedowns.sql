-- The ways of an article off Zalo; took: from the order until citizens saw it no longer.
--   content_item_id  bigint
SELECT state, urgent, ordered_at, hidden_at, hidden_at - ordered_at AS took, encode(evidence_sha256, 'hex') AS evidence_sha256,
       attempts, outcome
FROM takedown WHERE content_item_id = :content_item_id
ORDER BY takedown_id
