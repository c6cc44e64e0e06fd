-- The model in use, if any was ever promoted, and the newest decision that it may learn from.
SELECT (SELECT sha256 FROM classifier_version WHERE state = 'promoted' ORDER BY classifier_version_id DESC LIMIT 1),
       (SELECT coalesce(max(label_event_id), 0) FROM label_event)
