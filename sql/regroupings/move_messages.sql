-- What was said to one question belongs to another now, as more to it: it waits to be passed on where units have that one.
--   question_id, into_id  bigint
UPDATE message
SET question_id = :into_id,
    purpose = CASE WHEN purpose IN ('question', 'media', 'abuse') THEN 'follow_up' ELSE purpose END,
    passed_on_at = CASE WHEN NOT EXISTS (SELECT FROM assignment
                                         WHERE assignment.question_id = :into_id AND assignment.state = 'awaiting')
                        THEN clock_timestamp() END
WHERE question_id = :question_id
