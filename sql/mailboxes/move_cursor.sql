-- A folder was read so far; in the transaction that keeps what was read. Who reads the same folder beside moves it on.
--   folder             text
--   uid_validity, uid  bigint
INSERT INTO mailbox_cursor (folder, uid_validity, uid) VALUES (:folder, :uid_validity, :uid)
ON CONFLICT (folder) DO UPDATE
SET uid_validity = excluded.uid_validity,
    uid = CASE WHEN mailbox_cursor.uid_validity = excluded.uid_validity THEN greatest(mailbox_cursor.uid, excluded.uid)
          ELSE excluded.uid END
