-- An article as it stands.
--   code  text
SELECT content_item_id, code, state, version, agreed_version, author, editor, decider, waits_for, asked_at, times_asked, opened_at
FROM content_item WHERE code = :code
