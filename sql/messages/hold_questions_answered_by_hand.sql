-- Rows typed by staff in OA Manager after an open question: was that the answer? The questions are held until the duty
-- officer says (U9), and their receipts that have not left are not sent any more. Returns what was held, and for what.
--   user_ids, message_ids  text[]
--   sent_ats               timestamptz[]
--   states                 text[]   from which a question may be held so
WITH locked AS (
    SELECT question.question_id, question.state AS was, given.message_id
    FROM unnest(CAST(:user_ids AS text[]), CAST(:message_ids AS text[]), CAST(:sent_ats AS timestamptz[]))
         AS given (user_id, message_id, sent_at)
    JOIN question ON question.user_id = given.user_id
    WHERE question.closed_at IS NULL AND question.state = ANY(CAST(:states AS text[]))
      AND given.sent_at >= question.received_at
    FOR UPDATE OF question
), typed AS (
    SELECT question_id, was, min(message_id) AS message_id FROM locked GROUP BY question_id, was
), held AS (
    UPDATE question SET state = 'answered_by_hand'
    FROM typed
    WHERE question.question_id = typed.question_id
    RETURNING question.question_id, question.case_code, typed.was, typed.message_id
), noted AS (
    INSERT INTO event (kind, question_id, details)
    SELECT 'question_answered_by_hand', question_id, jsonb_build_object('was', was, 'message_id', message_id) FROM held
), cancelled AS (
    UPDATE outbox SET state = 'cancelled', outcome = 'answered by hand'
    FROM held
    WHERE outbox.key = 'acknowledgement:' || held.question_id AND outbox.state = 'queued'
    RETURNING outbox.outbox_id, outbox.question_id
), unsent AS (
    INSERT INTO event (kind, question_id, outbox_id, details)
    SELECT 'delivery_cancelled', question_id, outbox_id, '{"reason": "answered by hand"}' FROM cancelled
)
SELECT question_id, case_code, message_id FROM held ORDER BY question_id
