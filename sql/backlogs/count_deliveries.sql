-- How many deliveries are due to leave through a channel?
--   channel  text
SELECT count(*)
FROM outbox
WHERE channel = :channel AND state = 'queued' AND next_attempt_at <= clock_timestamp()
