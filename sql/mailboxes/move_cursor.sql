-- A folder was read so far; in the transaction that keeps what was read.
--   folder             text
--   uid_validity, uid  bigint
INSERT INTO mailbox_cursor (folder, uid_validity, uid) VALUES (:folder, :uid_validity, :uid)
ON CONFLICT (folder) DO UPDATE SET uid_validity = excluded.uid_validity, uid = excluded.uid
