-- Hold a slot of a day, if nobody has: a second worker waits for the first, and then gets no row.
--   kind     text
--   held_on  date
--   slot     time
INSERT INTO asking_slot (kind, held_on, slot) VALUES (:kind, :held_on, :slot)
ON CONFLICT DO NOTHING
RETURNING slot
