-- Lease the next deliveries of a channel: of each stream only its lowest open row, so that order is kept. The lease is
-- committed before anything is sent; rows another worker holds are passed over. statement_timestamp() bounds the index,
-- which clock_timestamp() would not: what is put off until later costs nothing. is_paid: the free part of Zalo's window is
-- over, as far as the citizen's acts are known.
--   channel        text
--   limit          int
--   lease_seconds  int
--   worker         text
--   pilots         text[]   recipients that may be written to; null is everybody
WITH due AS (
    SELECT outbox_id FROM outbox
    WHERE channel = :channel AND state = 'queued' AND next_attempt_at <= statement_timestamp()
      AND (CAST(:pilots AS text[]) IS NULL OR recipient = ANY(CAST(:pilots AS text[])))
      AND NOT EXISTS (
          SELECT FROM outbox AS earlier
          WHERE earlier.stream = outbox.stream AND earlier.outbox_id < outbox.outbox_id
            AND earlier.state IN ('queued', 'sending', 'uncertain'))
    ORDER BY next_attempt_at, outbox_id
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
)
UPDATE outbox
SET state = 'sending', attempts = attempts + 1, leased_by = :worker,
    lease_until = clock_timestamp() + make_interval(secs => :lease_seconds)
FROM due
WHERE outbox.outbox_id = due.outbox_id
RETURNING outbox.outbox_id, outbox.key, outbox.kind, outbox.stream, outbox.recipient, outbox.parts, outbox.body,
          outbox.attempts, outbox.question_id, outbox.queued_on, outbox.recorded_at,
          coalesce((SELECT last_act_at < clock_timestamp() - interval '48 hours' FROM citizen
                    WHERE user_id = outbox.recipient), false) AS is_paid
