-- What waits for a person, by kind.
SELECT kind, count(*) AS items
FROM work_item
WHERE closed_at IS NULL
GROUP BY kind
ORDER BY items DESC, kind
