-- Keep what a person decided a question is about, beside what the classifier said of it last.
--   question_id              bigint
--   topics, units, redirect  text[]
--   officer, reason          text
--   decided_at               timestamptz
INSERT INTO label_event (question_id, said_topics, said_units, topics, units, redirect, officer, reason, decided_at)
SELECT :question_id, coalesce(said.topics, '{}'), coalesce(said.competences, '{}'), :topics, :units, :redirect, :officer,
       :reason, :decided_at
FROM (VALUES (1)) AS one
LEFT JOIN LATERAL (
    SELECT topics, competences FROM classification
    WHERE question_id = :question_id
    ORDER BY classification_id DESC LIMIT 1
) AS said ON true
