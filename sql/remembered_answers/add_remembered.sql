-- Remember an answer; nothing where one to this question is remembered already.
--   question_id, answer_id                    bigint
--   question_text, answer_text                text
--   topics, units, letter_numbers, laws       text[]
--   letter_dates                              date[]
--   answered_on                               date
--   remembered_by                             text
--   remembered_at                             timestamptz
INSERT INTO remembered_answer (question_id, answer_id, question_text, answer_text, topics, units, letter_numbers,
                               letter_dates, laws, answered_on, remembered_by, remembered_at)
VALUES (:question_id, :answer_id, :question_text, :answer_text, :topics, :units, :letter_numbers,
        CAST(:letter_dates AS date[]), :laws, :answered_on, :remembered_by, :remembered_at)
ON CONFLICT (question_id) WHERE retired_at IS NULL DO NOTHING
RETURNING remembered_answer_id
