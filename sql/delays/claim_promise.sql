-- What the citizen of a question was told, and the day last proposed to an official, held for a change of it; by its id
-- or by its code.
--   question_id  bigint   null where the code is given
--   case_code    text     null where the id is given
SELECT question_id, case_code, user_id, received_at, state,
       coalesce(citizen.last_act_at, window_closes_at - interval '7 days') AS last_act_at, promised_on, due_by_rule_on, agreed_on, apologised_at,
       (SELECT (work_item.asked->>'proposed_on')::date FROM work_item
        WHERE work_item.question_id = question.question_id AND work_item.closed_at IS NULL
          AND work_item.kind IN ('endangered_answer', 'overdue_answer')
        ORDER BY work_item.asked_at DESC LIMIT 1) AS proposed_on
FROM question JOIN citizen USING (user_id)
WHERE question_id = CAST(:question_id AS bigint) OR case_code = :case_code
FOR NO KEY UPDATE OF question
