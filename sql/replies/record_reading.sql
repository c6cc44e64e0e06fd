-- A person has said what a reply is.
--   reply_id  bigint
--   reading   text
UPDATE reply SET reading = :reading WHERE reply_id = :reply_id
