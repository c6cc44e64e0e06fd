-- One question becomes part of another of the same citizen: what was merged into it goes along. The other keeps its dates
-- unless this one's were earlier; as with follow-ups, its text grows only while no unit has it. Returns until when the
-- citizen of the other is to be answered.
--   question_id, into_id  bigint
WITH given AS (
    SELECT * FROM question WHERE question_id = :question_id
), ended AS (
    UPDATE question
    SET state = CASE WHEN question_id = :question_id THEN 'merged' ELSE state END, merged_into = :into_id,
        closed_at = CASE WHEN question_id = :question_id THEN clock_timestamp() ELSE closed_at END
    WHERE question_id = :question_id OR merged_into = :question_id
), promise AS (
    SELECT greatest(given.promised_on, given.agreed_on) < greatest(other.promised_on, other.agreed_on) AS is_earlier,
           given.due_by_rule_on < other.due_by_rule_on AS is_due_earlier,
           EXISTS (SELECT FROM assignment
                   WHERE assignment.question_id = :into_id AND assignment.state = 'awaiting') AS is_at_units
    FROM given, question AS other
    WHERE other.question_id = :into_id
)
UPDATE question
SET text = CASE WHEN is_at_units OR given.text = '' THEN question.text
                WHEN question.text = '' THEN given.text
                ELSE question.text || E'\n' || given.text END,
    topics = ARRAY(SELECT topic FROM unnest(question.topics || given.topics) WITH ORDINALITY AS each (topic, place)
                   GROUP BY topic ORDER BY min(place)),
    has_media = question.has_media OR given.has_media,
    urgent = coalesce(question.urgent, given.urgent),
    received_at = least(question.received_at, given.received_at),
    last_message_at = greatest(question.last_message_at, given.last_message_at),
    promised_on = CASE WHEN is_earlier THEN given.promised_on ELSE question.promised_on END,
    agreed_on = CASE WHEN is_earlier THEN given.agreed_on ELSE question.agreed_on END,
    due_by_rule_on = least(question.due_by_rule_on, given.due_by_rule_on),
    promised_because = CASE WHEN is_earlier OR question.promised_on IS NULL AND is_due_earlier THEN given.promised_because
                            ELSE question.promised_because END
FROM given, promise
WHERE question.question_id = :into_id
RETURNING coalesce(greatest(question.promised_on, question.agreed_on), question.due_by_rule_on) AS due_on
