-- Keep the leaves of mails that are not their text; they are looked into later.
--   inbound_mail_ids  bigint[]
--   positions         int[]
--   names, declared_types  text[]
--   are_inline        boolean[]
--   contents          bytea[]
INSERT INTO attachment (inbound_mail_id, position, name, declared_type, is_inline, sha256, content)
SELECT inbound_mail_id, position, name, declared_type, is_inline, sha256(content), content
FROM unnest(CAST(:inbound_mail_ids AS bigint[]), CAST(:positions AS int[]), CAST(:names AS text[]),
            CAST(:declared_types AS text[]), CAST(:are_inline AS boolean[]), CAST(:contents AS bytea[]))
     AS given (inbound_mail_id, position, name, declared_type, is_inline, content)
ON CONFLICT (inbound_mail_id, position) DO NOTHING
