-- How many messages have no purpose and nothing that will give them one?
SELECT count(*)
FROM message JOIN citizen USING (user_id)
WHERE message.from_citizen AND message.purpose IS NULL AND citizen.seal_due_at IS NULL
