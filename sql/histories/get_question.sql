-- A question as it stands.
--   case_code  text
SELECT question_id, case_code, state, text, sensitive, urgent, topics, received_at, sealed_at, acknowledged, unit_count,
       promised_on, due_by_rule_on, promised_because, agreed_on, window_closes_at, routed_at, answered_at, closed_at
FROM question WHERE case_code = :case_code
