-- Take running numbers for new questions.
--   count  int
SELECT nextval('question_number') AS number FROM generate_series(1, :count)
