-- One page as a citizen gets it, with the hash by which it is known.
--   attachment_id  bigint
--   number         int   from 1
SELECT sha256, content FROM attachment_page WHERE attachment_id = :attachment_id AND number = :number
