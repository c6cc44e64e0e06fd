-- Letters of which the outside has seen no byte are made anew: another mode addresses them otherwise.
UPDATE outbox SET body = NULL WHERE channel = 'mail' AND state = 'queued' AND body IS NOT NULL AND NOT repeated
