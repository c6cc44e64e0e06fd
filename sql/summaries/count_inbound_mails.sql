-- What came into the desk's mailbox, by what it is; copies of the desk's own letters are not kept.
SELECT coalesce(kind, 'unread') AS kind, count(*) AS mails
FROM inbound_mail
GROUP BY kind
