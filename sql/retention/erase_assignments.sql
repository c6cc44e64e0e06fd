-- Clear to whom units gave questions that closed long ago: a name; which unit was asked, and when it replied, stays.
--   before  timestamptz
--   limit   int
WITH old AS (
    SELECT assignment_id FROM assignment JOIN question USING (question_id)
    WHERE question.closed_at < CAST(:before AS timestamptz) AND assignment.passed_to <> ''
    LIMIT :limit
    FOR UPDATE OF assignment SKIP LOCKED
)
UPDATE assignment SET passed_to = ''
FROM old WHERE assignment.assignment_id = old.assignment_id
RETURNING assignment.assignment_id
