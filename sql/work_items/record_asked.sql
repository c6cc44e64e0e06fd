-- Work was put before an official by mail.
--   work_item_ids  bigint[]
--   askeds         jsonb      what the letters show, an array of all
--   asked_ofs      text[]     the officials' codes
--   as_of          timestamptz
UPDATE work_item
SET asked = given.asked, asked_of = given.asked_of, asked_at = :as_of, times_asked = work_item.times_asked + 1
FROM ROWS FROM (unnest(CAST(:work_item_ids AS bigint[]), CAST(:asked_ofs AS text[])),
                jsonb_array_elements(CAST(:askeds AS jsonb)))
     AS given (work_item_id, asked_of, asked)
WHERE work_item.work_item_id = given.work_item_id
