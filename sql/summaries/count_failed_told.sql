-- How many deliveries failed for good, each with work for a person to find another way?
SELECT count(*) FROM outbox
WHERE state = 'failed' AND EXISTS (SELECT FROM work_item WHERE work_item.outbox_id = outbox.outbox_id)
