-- Store mails as they came. One that is stored, and shows up in a mailbox made anew, is known by its content: only its
-- place is new. Returns the mails that are new.
--   folder        text
--   uid_validity  bigint
--   uids          bigint[]
--   sha256s, raws  bytea[]
--   is_cuts       boolean[]
--   received_ats  timestamptz[]
INSERT INTO inbound_mail (folder, uid_validity, uid, sha256, raw, is_cut, received_at)
SELECT :folder, :uid_validity, uid, sha256, raw, is_cut, received_at
FROM unnest(CAST(:uids AS bigint[]), CAST(:sha256s AS bytea[]), CAST(:raws AS bytea[]), CAST(:is_cuts AS boolean[]),
            CAST(:received_ats AS timestamptz[]))
     AS given (uid, sha256, raw, is_cut, received_at)
ON CONFLICT (sha256) DO UPDATE
SET folder = excluded.folder, uid_validity = excluded.uid_validity, uid = excluded.uid
WHERE inbound_mail.uid_validity <> excluded.uid_validity
RETURNING inbound_mail_id, xmax = 0 AS is_new
