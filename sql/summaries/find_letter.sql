-- The newest letter to a unit that left, as text.
SELECT recipient, parts ->> 'subject' AS subject, parts ->> 'text' AS text
FROM outbox
WHERE channel = 'mail' AND kind = 'unit-letter' AND state = 'sent' AND parts IS NOT NULL
ORDER BY outbox_id DESC
LIMIT 1
