-- Queue deliveries; a key that is already there stays as it is. Returns the rows that are new.
-- Lifetimes are counted from now on the machine's clock, so that a replayed day gets the same time to leave.
--   keys, channels, kinds, streams, recipients  text[]
--   parts          jsonb      an array of all: in a text[] every quote would be escaped
--   question_ids, assignment_ids, content_item_ids  bigint[]
--   lifetimes      double precision[]   seconds, null for ever
--   queued_on      date       the legal day, for what a citizen may get in a day
INSERT INTO outbox (key, channel, kind, stream, recipient, parts, question_id, assignment_id, content_item_id, expires_at,
                    queued_on)
SELECT key, channel, kind, stream, recipient, parts, question_id, assignment_id, content_item_id,
       clock_timestamp() + make_interval(secs => lifetime), CAST(:queued_on AS date)
FROM ROWS FROM (unnest(CAST(:keys AS text[]), CAST(:channels AS text[]), CAST(:kinds AS text[]),
                       CAST(:streams AS text[]), CAST(:recipients AS text[]), CAST(:question_ids AS bigint[]),
                       CAST(:assignment_ids AS bigint[]), CAST(:content_item_ids AS bigint[]),
                       CAST(:lifetimes AS double precision[])),
                jsonb_array_elements(CAST(:parts AS jsonb)))
     AS given (key, channel, kind, stream, recipient, question_id, assignment_id, content_item_id, lifetime,
               parts)
ON CONFLICT (key) DO NOTHING
RETURNING key, outbox_id
