-- What the classifier said of questions, and what was decided on it.
--   question_ids  bigint[]
--   topics, competences, redirects (each comma-joined), scopes, versions, decisions  text[]
--   confidences   real[]
--   evidences     jsonb   an array of all: in a text[] every quote would be escaped
INSERT INTO classification (question_id, topics, competences, scope, redirect, confidence, evidence, version, decision)
SELECT question_id, coalesce(string_to_array(nullif(topics, ''), ','), '{}'),
       coalesce(string_to_array(nullif(competences, ''), ','), '{}'), scope,
       coalesce(string_to_array(nullif(redirect, ''), ','), '{}'), confidence, evidence, version, decision
FROM ROWS FROM (unnest(CAST(:question_ids AS bigint[]), CAST(:topics AS text[]), CAST(:competences AS text[]),
                       CAST(:scopes AS text[]), CAST(:redirects AS text[]), CAST(:confidences AS real[]),
                       CAST(:versions AS text[]), CAST(:decisions AS text[])),
                jsonb_array_elements(CAST(:evidences AS jsonb)))
     AS given (question_id, topics, competences, scope, redirect, confidence, version, decision, evidence)
