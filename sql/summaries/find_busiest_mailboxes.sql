-- Who got how many mails on their fullest day, the fullest first.
--   limit  int
SELECT recipient, max(mails) AS most_in_a_day, sum(mails)::bigint AS mails
FROM (SELECT recipient, queued_on, count(*) AS mails
      FROM outbox WHERE channel = 'mail' AND state = 'sent' GROUP BY recipient, queued_on) AS of_day
GROUP BY recipient
ORDER BY most_in_a_day DESC, mails DESC, recipient
LIMIT :limit
