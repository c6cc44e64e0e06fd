-- Reply addresses that are given out, by the hash of their tokens.
--   token_sha256s  bytea[]
--   question_ids, assignment_ids, work_item_ids, answer_ids, content_item_ids  bigint[]
--   official_codes, steps  text[]
--   versions       int[]
--   expires_ons    date[]
INSERT INTO mail_token (token_sha256, question_id, assignment_id, work_item_id, answer_id, content_item_id, official_code,
                        step, version, expires_on)
SELECT token_sha256, question_id, assignment_id, work_item_id, answer_id, content_item_id, official_code, step, version,
       expires_on
FROM unnest(CAST(:token_sha256s AS bytea[]), CAST(:question_ids AS bigint[]), CAST(:assignment_ids AS bigint[]),
            CAST(:work_item_ids AS bigint[]), CAST(:answer_ids AS bigint[]), CAST(:content_item_ids AS bigint[]),
            CAST(:official_codes AS text[]), CAST(:steps AS text[]), CAST(:versions AS int[]), CAST(:expires_ons AS date[]))
     AS given (token_sha256, question_id, assignment_id, work_item_id, answer_id, content_item_id, official_code, step,
               version, expires_on)
