-- The pages of a file as a citizen gets them, numbered from 1.
--   attachment_id  bigint
--   contents       bytea[]
INSERT INTO attachment_page (attachment_id, number, sha256, content)
SELECT :attachment_id, number, sha256(content), content
FROM unnest(CAST(:contents AS bytea[])) WITH ORDINALITY AS given (content, number)
