-- Open questions. window_closes_at: seven days after the citizen's newest act, Zalo's own rule.
--   question_ids  bigint[]
--   case_codes, user_ids, opened_ases, texts, sensitives, urgents, topics (comma-joined)  text[]
--   received_ats, last_message_ats, window_closes_ats  timestamptz[]
--   have_media, are_late, acknowledgeds  boolean[]
--   sealed_at  timestamptz
INSERT INTO question (question_id, case_code, user_id, opened_as, state, text, sensitive, urgent, topics, received_at,
                      last_message_at, window_closes_at, has_media, is_late, acknowledged, sealed_at)
SELECT question_id, case_code, user_id, opened_as, 'sealed', text, sensitive, urgent,
       coalesce(string_to_array(nullif(topics, ''), ','), '{}'), received_at,
       last_message_at, window_closes_at, has_media, is_late, acknowledged, CAST(:sealed_at AS timestamptz)
FROM unnest(CAST(:question_ids AS bigint[]), CAST(:case_codes AS text[]), CAST(:user_ids AS text[]),
            CAST(:opened_ases AS text[]), CAST(:texts AS text[]), CAST(:sensitives AS text[]), CAST(:urgents AS text[]), CAST(:topics AS text[]),
            CAST(:received_ats AS timestamptz[]), CAST(:last_message_ats AS timestamptz[]),
            CAST(:window_closes_ats AS timestamptz[]), CAST(:have_media AS boolean[]), CAST(:are_late AS boolean[]),
            CAST(:acknowledgeds AS boolean[]))
     AS given (question_id, case_code, user_id, opened_as, text, sensitive, urgent, topics, received_at, last_message_at,
               window_closes_at, has_media, is_late, acknowledged)
