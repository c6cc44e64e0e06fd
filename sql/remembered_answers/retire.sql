-- Take the answer to a question out of use.
--   case_code   text
--   retired_by  text
--   as_of       timestamptz
UPDATE remembered_answer SET retired_by = :retired_by, retired_at = :as_of
FROM question
WHERE question.question_id = remembered_answer.question_id AND question.case_code = :case_code AND retired_at IS NULL
RETURNING remembered_answer_id
