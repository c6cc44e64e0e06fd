-- Citizens see an article, and it is as decided.
--   publication_id  bigint
--   worker, link    text
UPDATE publication
SET state = 'published', link = :link, shown_at = clock_timestamp(), lease_until = NULL, leased_by = NULL, outcome = 'shown'
WHERE publication_id = :publication_id AND leased_by = :worker AND state = 'leaving'
RETURNING shown_at
