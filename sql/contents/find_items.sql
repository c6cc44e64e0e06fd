-- Articles with their newest texts, in the order of the numbers given.
--   content_item_ids  bigint[]
SELECT content_item_id, code, state, version, agreed_version, item.author, editor, decider, waits_for, asked_at, times_asked,
       opened_at, sha256, title, words.author AS shown_author, description, cover_url, blocks
FROM content_item AS item JOIN content_version AS words USING (content_item_id, version)
WHERE content_item_id = ANY(CAST(:content_item_ids AS bigint[]))
ORDER BY array_position(CAST(:content_item_ids AS bigint[]), content_item_id)
