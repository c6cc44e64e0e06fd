-- What became of the outbox, by channel.
SELECT channel, state, count(*) AS deliveries
FROM outbox
GROUP BY channel, state
