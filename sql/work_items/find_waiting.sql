-- Which work waits for an official, since when? One row a question, the oldest: what nobody was asked by mail waits since
-- the question's last event; what was asked waits since then, and is of interest where it has come to the Secretary, or
-- where it is about a late answer, which no other official is asked about in turn. What is to be sorted has reminders of
-- its own once somebody was asked.
--   secretaries  text[]       codes of officials
--   before       timestamptz
WITH waiting AS (
    SELECT work_item.work_item_id, work_item.kind, work_item.owner, question.question_id, question.case_code,
           question.sensitive IS NOT NULL AS is_sensitive,
           coalesce(greatest(question.promised_on, question.agreed_on), question.due_by_rule_on) AS due_on,
           coalesce(answer.proposed_to, work_item.asked_of) AS asked_of,
           coalesce(answer.asked_at, work_item.asked_at, question.sealed_at) AS asked_at,
           CASE WHEN work_item.kind IN ('triage', 'redirect', 'sensitive')
                THEN (SELECT max(event.as_of) FROM event WHERE event.question_id = question.question_id) END AS moved_at
    FROM work_item
    LEFT JOIN question USING (question_id)
    LEFT JOIN answer ON answer.question_id = question.question_id AND answer.state = 'proposed'
                    AND work_item.key = 'answer:' || answer.answer_id
    WHERE work_item.closed_at IS NULL AND question.closed_at IS NULL
      AND CASE
          WHEN work_item.kind IN ('triage', 'redirect', 'sensitive')
              THEN question.state IN ('in_triage', 'redirect_proposed')
                   AND (work_item.kind = 'redirect' OR work_item.asked_at IS NULL)
          WHEN work_item.kind IN ('endangered_answer', 'overdue_answer')
              THEN question.state IN ('in_triage', 'with_duty', 'redirect_proposed', 'routed', 'answer_proposed')
          WHEN work_item.kind = 'answer_to_release'
              THEN question.state = 'answer_proposed' AND answer.proposed_to = ANY(CAST(:secretaries AS text[]))
          WHEN work_item.kind = 'answer_by_duty'
              THEN question.state = 'with_duty' AND work_item.asked_of = ANY(CAST(:secretaries AS text[]))
          ELSE work_item.asked_of = ANY(CAST(:secretaries AS text[])) END
)
SELECT DISTINCT ON (coalesce(question_id, -work_item_id))
       kind, owner, case_code, is_sensitive, due_on, asked_of, greatest(asked_at, moved_at) AS since
FROM waiting
WHERE greatest(asked_at, moved_at) <= CAST(:before AS timestamptz)
ORDER BY coalesce(question_id, -work_item_id), since
