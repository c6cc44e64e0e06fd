-- Put the next versions of answers before officials. Returns the new rows.
--   question_ids  bigint[]
--   versions      int[]
--   contents      jsonb   an array of all, each with text, written_by, reply_ids, attachment_ids, missing_units, remarks,
--                         needs_choice, proposed_to
--   as_of         timestamptz
INSERT INTO answer (question_id, version, state, text, written_by, reply_ids, attachment_ids, missing_units, remarks,
                    needs_choice, proposed_to, proposed_at, asked_at)
SELECT question_id, version, 'proposed', content ->> 'text', content ->> 'written_by',
       ARRAY(SELECT CAST(jsonb_array_elements_text(content -> 'reply_ids') AS bigint)),
       ARRAY(SELECT CAST(jsonb_array_elements_text(content -> 'attachment_ids') AS bigint)),
       ARRAY(SELECT jsonb_array_elements_text(content -> 'missing_units')),
       ARRAY(SELECT jsonb_array_elements_text(content -> 'remarks')),
       CAST(content ->> 'needs_choice' AS boolean), content ->> 'proposed_to', CAST(:as_of AS timestamptz),
       CAST(:as_of AS timestamptz)
FROM ROWS FROM (unnest(CAST(:question_ids AS bigint[]), CAST(:versions AS int[])),
                jsonb_array_elements(CAST(:contents AS jsonb)))
     AS given (question_id, version, content)
RETURNING question_id, answer_id
