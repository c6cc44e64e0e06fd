-- The questions with these codes.
--   case_codes  text[]
SELECT case_code, question_id FROM question WHERE case_code = ANY(CAST(:case_codes AS text[]))
