-- What is known of an article on its way, before the next call goes out; the lease begins anew. Nothing is returned where
-- another worker has taken over.
--   publication_id                                bigint
--   worker, create_token, article_id, show_token  text
--   create_began_at, compared_at, show_began_at   timestamptz
--   creates, looks, lease_seconds                 int
UPDATE publication
SET create_began_at = :create_began_at, creates = :creates, looks = :looks, create_token = :create_token,
    article_id = :article_id, compared_at = :compared_at, show_began_at = :show_began_at, show_token = :show_token,
    attempts = 1, lease_until = clock_timestamp() + make_interval(secs => :lease_seconds)
WHERE publication_id = :publication_id AND leased_by = :worker AND state = 'leaving'
RETURNING clock_timestamp()
