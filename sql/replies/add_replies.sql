-- What units wrote back. The same mail, and the same reply sent twice, count once. Returns what is new.
--   inbound_mail_ids, question_ids, assignment_ids  bigint[]
--   readings, standings, from_addresses, texts, full_texts, letter_numbers  text[]
--   content_sha256s  bytea[]
--   answers_for_alls  boolean[]
--   letter_ons     date[]
--   received_ats   timestamptz[]
INSERT INTO reply (inbound_mail_id, question_id, assignment_id, reading, standing, from_address, text, full_text,
                   content_sha256, answers_for_all, letter_number, letter_on, received_at)
SELECT inbound_mail_id, question_id, assignment_id, reading, standing, from_address, text, full_text,
       content_sha256, answers_for_all, letter_number, letter_on, received_at
FROM unnest(CAST(:inbound_mail_ids AS bigint[]), CAST(:question_ids AS bigint[]), CAST(:assignment_ids AS bigint[]),
            CAST(:readings AS text[]), CAST(:standings AS text[]), CAST(:from_addresses AS text[]),
            CAST(:texts AS text[]), CAST(:full_texts AS text[]), CAST(:content_sha256s AS bytea[]),
            CAST(:answers_for_alls AS boolean[]), CAST(:letter_numbers AS text[]), CAST(:letter_ons AS date[]),
            CAST(:received_ats AS timestamptz[]))
     AS given (inbound_mail_id, question_id, assignment_id, reading, standing, from_address, text, full_text,
               content_sha256, answers_for_all, letter_number, letter_on, received_at)
ON CONFLICT DO NOTHING
RETURNING inbound_mail_id, assignment_id, reply_id
