-- Which of these mails are stored?
--   folder        text
--   uid_validity  bigint
--   uids          bigint[]
SELECT uid FROM inbound_mail
WHERE folder = :folder AND uid_validity = :uid_validity AND uid = ANY(CAST(:uids AS bigint[]))
