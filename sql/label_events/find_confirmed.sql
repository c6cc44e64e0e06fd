-- What people decided questions are about, the newest of each: to learn from. Sensitive ones are nobody's example.
SELECT question.case_code, question.text, label.topics, label.redirect, label.officer
FROM question
JOIN LATERAL (
    SELECT topics, redirect, officer FROM label_event
    WHERE label_event.question_id = question.question_id
    ORDER BY label_event_id DESC LIMIT 1
) AS label ON true
WHERE question.sensitive IS NULL AND question.text <> '' AND (label.topics <> '{}' OR label.redirect <> '{}')
ORDER BY question.case_code
