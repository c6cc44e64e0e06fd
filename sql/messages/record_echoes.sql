-- Which rows of the account are echoes of the desk's own deliveries? By Zalo's id of what was sent, else by the mark that
-- ends the text or stands under a picture, else by citizen, kind and time (A6): a file carries no text, and a text with
-- buttons may show up without its own.
-- Returns the echoes; is_repeat says that the delivery shows up under another id already.
--   message_ids  text[]
--   marks        bigint[]   the outbox row that a text's mark names
WITH given AS (
    SELECT message.message_id, message.user_id, message.sent_at, message.kind, marked.mark
    FROM unnest(CAST(:message_ids AS text[]), CAST(:marks AS bigint[])) AS marked (message_id, mark)
    JOIN message ON message.message_id = marked.message_id
), joined AS (
    SELECT given.message_id, coalesce(by_id.outbox_id, by_mark.outbox_id, by_time.outbox_id) AS outbox_id
    FROM given
    LEFT JOIN outbox AS by_id ON by_id.channel = 'zalo' AND by_id.outside_id = given.message_id
    LEFT JOIN outbox AS by_mark ON by_mark.channel = 'zalo' AND by_mark.outbox_id = given.mark
                               AND by_mark.recipient = given.user_id
    LEFT JOIN LATERAL (
        SELECT outbox_id FROM outbox
        WHERE outbox.channel = 'zalo' AND outbox.state IN ('sending', 'uncertain') AND outbox.recipient = given.user_id
          AND outbox.parts ? CASE given.kind WHEN 'nosupport' THEN 'buttons' WHEN 'file' THEN 'file' END
          AND given.sent_at BETWEEN outbox.next_attempt_at - interval '2 minutes'
                                AND coalesce(outbox.uncertain_at, clock_timestamp()) + interval '2 minutes'
        ORDER BY outbox_id LIMIT 1
    ) AS by_time ON true
)
UPDATE message SET purpose = 'echo', outbox_id = joined.outbox_id
FROM joined JOIN outbox ON outbox.outbox_id = joined.outbox_id
WHERE message.message_id = joined.message_id
RETURNING message.message_id, message.outbox_id, message.sent_at, outbox.question_id,
          outbox.outside_id IS NOT NULL AND outbox.outside_id <> message.message_id AS is_repeat
