-- How many open questions carry dates of an older calendar?
SELECT count(*)
FROM question
WHERE closed_at IS NULL AND due_by_rule_on IS NOT NULL AND parked_at IS NULL
  AND calendar_version < (SELECT max(calendar_version) FROM office_version)
