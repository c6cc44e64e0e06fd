-- A question as it stands, with what it was merged into and what was merged into it.
--   case_code  text
SELECT question_id, case_code, state, text, sensitive, urgent, topics, received_at, sealed_at, acknowledged, unit_count,
       promised_on, due_by_rule_on, promised_because, agreed_on, window_closes_at, routed_at, answered_at, closed_at,
       (SELECT other.case_code FROM question AS other WHERE other.question_id = question.merged_into) AS merged_into,
       ARRAY(SELECT merged.case_code FROM question AS merged WHERE merged.merged_into = question.question_id
             ORDER BY merged.question_id) AS merged_codes
FROM question WHERE case_code = :case_code
