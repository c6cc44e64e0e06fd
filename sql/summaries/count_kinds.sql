-- What was sent, by what it is.
SELECT channel, kind, count(*) AS deliveries
FROM outbox
WHERE state = 'sent'
GROUP BY channel, kind
ORDER BY channel, deliveries DESC
