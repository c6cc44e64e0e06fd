-- Which version of the office counts? The newest; no row before the first load.
SELECT version, calendar_version, sha256, calendar_sha256
FROM office_version
ORDER BY version DESC
LIMIT 1
