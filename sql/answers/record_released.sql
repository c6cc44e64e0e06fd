-- One answer is let go, and its work is done; who may write for a unit stays to be decided.
--   answer_id             bigint
--   choice, released_by   text
--   released_at           timestamptz
--   released_mail_id      bigint
WITH released AS (
    UPDATE answer
    SET state = 'leaving', choice = :choice, released_by = :released_by, released_at = :released_at,
        released_mail_id = :released_mail_id
    WHERE answer_id = :answer_id AND state = 'proposed'
    RETURNING question_id
)
UPDATE work_item SET closed_at = clock_timestamp(), closed_by = :released_by, outcome = 'đã cho gửi'
FROM released
WHERE work_item.question_id = released.question_id AND work_item.closed_at IS NULL AND work_item.kind <> 'held_mail'
