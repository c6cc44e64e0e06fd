-- An article will not be seen as things stand; its editor may say again that it is to go out.
--   publication_id   bigint
--   worker, outcome  text
UPDATE publication
SET state = 'failed', lease_until = NULL, leased_by = NULL, outcome = :outcome
WHERE publication_id = :publication_id AND leased_by = :worker AND state = 'leaving'
RETURNING publication_id
