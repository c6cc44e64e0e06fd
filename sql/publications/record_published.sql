-- Citizens see an article, and it is as decided.
--   publication_id  bigint
--   worker, link    text
--   shown_at        timestamptz   legal time
UPDATE publication
SET state = 'published', link = :link, shown_at = :shown_at, lease_until = NULL, leased_by = NULL, outcome = 'shown'
WHERE publication_id = :publication_id AND leased_by = :worker AND state = 'leaving'
RETURNING publication_id
