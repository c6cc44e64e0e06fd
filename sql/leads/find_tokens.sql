-- What these reply addresses were given out for. Dead: expired by the day, or used up.
--   token_sha256s  bytea[]
--   day            date
SELECT token_sha256, step, version, expires_on < :day OR used_at IS NOT NULL AS is_dead, question_id, assignment_id,
       work_item_id, answer_id, content_item_id, official_code
FROM mail_token WHERE token_sha256 = ANY(CAST(:token_sha256s AS bytea[]))
