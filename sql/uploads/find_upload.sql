-- What Zalo calls a file that it still keeps: for seven days, less what a delivery may take.
--   sha256  bytea
--   form    text   image or file
SELECT outside_id FROM zalo_upload
WHERE sha256 = :sha256 AND form = :form AND uploaded_at > clock_timestamp() - interval '6 days 12 hours'
