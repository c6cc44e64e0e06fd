-- Officials were written to about questions to be sorted, for the first time or again.
--   work_item_ids   bigint[]
--   official_codes  text[]
--   as_of           timestamptz
INSERT INTO sorter (work_item_id, official_code, asked_at, told_at)
SELECT work_item_id, official_code, :as_of, :as_of
FROM unnest(CAST(:work_item_ids AS bigint[]), CAST(:official_codes AS text[])) AS given (work_item_id, official_code)
ON CONFLICT (work_item_id, official_code) DO UPDATE SET told_at = excluded.told_at, letters = sorter.letters + 1
