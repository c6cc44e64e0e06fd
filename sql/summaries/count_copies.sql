-- Of how many letters has the desk's own copy come back?
SELECT count(*)
FROM outbox
WHERE channel = 'mail' AND copy_seen_at IS NOT NULL
