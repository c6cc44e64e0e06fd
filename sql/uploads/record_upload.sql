-- Zalo has a file, under a new name where it had it before.
--   sha256      bytea
--   form        text   image or file
--   outside_id  text
INSERT INTO zalo_upload (sha256, form, outside_id) VALUES (:sha256, :form, :outside_id)
ON CONFLICT (sha256, form) DO UPDATE SET outside_id = excluded.outside_id, uploaded_at = clock_timestamp()
