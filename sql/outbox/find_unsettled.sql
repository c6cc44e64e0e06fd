-- Uncertain deliveries for which the evidence is in: nothing shows that they left. Zalo: two complete walks of the
-- conversation found no echo, the newer at least three minutes after the attempt. Mail: half an hour is over and the
-- own copy of a letter that left later has arrived, so this one's should have too; or a day is over without any evidence:
-- a legal letter lost is worse than one doubled under one Message-ID.
--   limit  int
SELECT outbox_id, channel, kind, repeated, question_id
FROM outbox
WHERE state = 'uncertain'
  AND CASE channel
      WHEN 'zalo' THEN walks_without >= 2 AND uncertain_at < clock_timestamp() - interval '3 minutes'
                   AND EXISTS (SELECT FROM citizen WHERE citizen.user_id = outbox.recipient
                               AND citizen.walked_at > outbox.uncertain_at + interval '3 minutes')
      ELSE uncertain_at < clock_timestamp() - interval '1 day'
           OR (uncertain_at < clock_timestamp() - interval '30 minutes'
               AND EXISTS (SELECT FROM outbox AS later WHERE later.channel = 'mail' AND later.copy_seen_at IS NOT NULL
                           AND later.sent_at > outbox.uncertain_at))
      END
ORDER BY outbox_id
LIMIT :limit
FOR UPDATE SKIP LOCKED
