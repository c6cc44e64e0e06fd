-- The desk's own copies of these letters have come back: they left, whatever was thought before.
--   keys  text[]
UPDATE outbox
SET copy_seen_at = clock_timestamp(),
    sent_at = coalesce(sent_at, clock_timestamp()),
    state = CASE WHEN state IN ('uncertain', 'sending', 'queued') THEN 'sent' ELSE state END,
    lease_until = NULL, leased_by = NULL, uncertain_at = NULL
WHERE channel = 'mail' AND key = ANY(CAST(:keys AS text[])) AND copy_seen_at IS NULL
RETURNING outbox_id
