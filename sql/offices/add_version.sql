-- Keep the office as it is now; the number of the new version comes back.
--   calendar_version  bigint  of the working calendar in it
--   sha256            text    of the content
--   calendar_sha256   text    of the working calendar
--   content           text    the whole office as JSON
INSERT INTO office_version (calendar_version, sha256, calendar_sha256, content)
VALUES (:calendar_version, :sha256, :calendar_sha256, CAST(:content AS json))
RETURNING version
