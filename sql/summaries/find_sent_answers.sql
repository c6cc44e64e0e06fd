-- By which message ids are the parts of delivered answers known at Zalo?
SELECT coalesce(outside_id, '') AS outside_id
FROM outbox
WHERE channel = 'zalo' AND state = 'sent' AND kind IN ('answer', 'answer-page', 'answer-file-lead', 'answer-file')
