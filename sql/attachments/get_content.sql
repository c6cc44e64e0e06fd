-- A file as it came, with the hash by which it is known.
--   attachment_id  bigint
SELECT name, sha256, content FROM attachment WHERE attachment_id = :attachment_id
