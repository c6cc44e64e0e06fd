-- How far a folder of the desk's mailbox was read.
--   folder  text
SELECT uid_validity, uid FROM mailbox_cursor WHERE folder = :folder
