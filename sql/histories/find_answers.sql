-- The versions of a question's answer, and when each was proposed and let go.
--   question_id  bigint
SELECT version, state, proposed_at, released_at, released_by
FROM answer WHERE question_id = :question_id
ORDER BY version
