-- Some messages of a question are a question of their own now; what is left of it stands as given here.
--   question_id, new_id  bigint
--   message_ids          text[]
--   opened_as, left_text  text   of the new question; what is left of the old
--   has_media            boolean
WITH moved AS (
    UPDATE message SET question_id = :new_id, purpose = :opened_as, passed_on_at = clock_timestamp()
    WHERE message_id = ANY(CAST(:message_ids AS text[]))
)
UPDATE question
SET text = :left_text, has_media = :has_media,
    last_message_at = (SELECT max(sent_at) FROM message
                       WHERE message.question_id = :question_id
                         AND NOT message_id = ANY(CAST(:message_ids AS text[])))
WHERE question_id = :question_id
