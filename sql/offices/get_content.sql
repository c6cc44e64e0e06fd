-- What does a version of the office say? One row with the JSON as text.
--   version  bigint
SELECT content::text
FROM office_version
WHERE version = :version
