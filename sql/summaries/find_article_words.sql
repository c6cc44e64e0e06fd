-- Every article with what was decided on it, a row a word and one row where nobody has said any: returned, decided,
-- compared, stopped, taken down. name: as that official was called when the office was last read; took: from the order
-- to take it down until citizens saw it no longer.
SELECT item.code, item.state, item.version, text.title, word.step, word.verdict, word.role, word.decided_at, word.reason,
       (SELECT name FROM official WHERE official.official_code = word.official_code
        ORDER BY office_version DESC, in_office DESC LIMIT 1) AS name,
       (SELECT hidden_at - ordered_at FROM takedown WHERE takedown.content_item_id = item.content_item_id) AS took
FROM content_item AS item
JOIN content_version AS text USING (content_item_id, version)
LEFT JOIN approval AS word
    ON word.content_item_id = item.content_item_id
    AND (word.verdict <> 'agree' OR word.step IN ('decide', 'conform', 'publish', 'ask_takedown', 'decide_takedown'))
ORDER BY item.content_item_id, word.approval_id
