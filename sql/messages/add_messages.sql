-- Store rows as pulled; those that are stored are passed over. Returns the new ones.
--   message_ids, user_ids, kinds, texts, quoted_ids, media_urls  text[]
--   raws           text   the rows' JSON, one a line: JSON holds no line break, and an array's quoting is slow
--   from_citizens  boolean[]
--   sent_ats       timestamptz[]
--   act_from       timestamptz   what was sent before is history; null where nothing is
INSERT INTO message (message_id, user_id, from_citizen, sent_at, kind, text, quoted_id, media_url, raw, purpose)
SELECT message_id, user_id, from_citizen, sent_at, kind, text, quoted_id, media_url, CAST(raw AS json),
       CASE WHEN sent_at < CAST(:act_from AS timestamptz) THEN 'history' WHEN NOT from_citizen THEN 'by_hand' END
FROM unnest(CAST(:message_ids AS text[]), CAST(:user_ids AS text[]), CAST(:from_citizens AS boolean[]),
            CAST(:sent_ats AS timestamptz[]), CAST(:kinds AS text[]), CAST(:texts AS text[]),
            CAST(:quoted_ids AS text[]), CAST(:media_urls AS text[]), string_to_array(:raws, E'\n'))
     AS given (message_id, user_id, from_citizen, sent_at, kind, text, quoted_id, media_url, raw)
ON CONFLICT (message_id) DO NOTHING
RETURNING message_id, purpose
