-- Citizens see an article no longer, and the paper about it is kept.
--   takedown_id                bigint
--   worker                     text
--   hidden_at                  timestamptz
--   evidence, evidence_sha256  bytea
UPDATE takedown
SET state = 'done', hidden_at = :hidden_at, evidence = :evidence, evidence_sha256 = :evidence_sha256, outcome = 'away',
    lease_until = NULL, leased_by = NULL
WHERE takedown_id = :takedown_id AND leased_by = :worker AND state = 'ordered'
RETURNING takedown_id
