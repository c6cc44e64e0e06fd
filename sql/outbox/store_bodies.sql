-- Fix the bytes of deliveries before their first attempt: a repeat sends the same to the letter.
--   outbox_ids  bigint[]
--   bodies      bytea[]
UPDATE outbox SET body = given.body
FROM unnest(CAST(:outbox_ids AS bigint[]), CAST(:bodies AS bytea[])) AS given (outbox_id, body)
WHERE outbox.outbox_id = given.outbox_id
