-- These messages were passed on to the units that have the question.
--   message_ids  text[]
UPDATE message SET passed_on_at = clock_timestamp() WHERE message_id = ANY(CAST(:message_ids AS text[]))
