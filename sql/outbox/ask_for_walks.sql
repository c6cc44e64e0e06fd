-- Have the conversations walked in which an unsettled Zalo delivery may show up.
INSERT INTO pull_todo (user_id, seen_up_to)
SELECT DISTINCT recipient, outbox.uncertain_at
FROM outbox JOIN citizen ON citizen.user_id = outbox.recipient
WHERE outbox.channel = 'zalo' AND outbox.state = 'uncertain'
ON CONFLICT (user_id) DO NOTHING
