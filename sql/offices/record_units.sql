-- Write down every unit of the charts, so that assignments can point to it; a unit keeps its row for ever.
--   codes  text[]  each code once
--   names  text[]  the newest name of each
INSERT INTO unit (unit_code, name)
SELECT code, name
FROM unnest(CAST(:codes AS text[]), CAST(:names AS text[])) AS given (code, name)
ON CONFLICT (unit_code) DO UPDATE SET name = EXCLUDED.name
WHERE unit.name <> EXCLUDED.name
