-- Unsent receipts and prompts about a question have become pointless (A7).
--   question_id  bigint
UPDATE outbox SET state = 'cancelled', outcome = 'pointless'
WHERE question_id = :question_id AND state = 'queued' AND attempts = 0
  AND kind IN ('acknowledgement', 'media-received', 'forwarded', 'ask-back', 'ask-back-reminder', 'delay', 'keep-open',
               'split-off')
RETURNING outbox_id
