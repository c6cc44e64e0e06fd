-- Switch delivery; the old rows stay on record.
--   mode, acting_officer, reason  text
INSERT INTO delivery_mode (mode, acting_officer, reason) VALUES (:mode, :acting_officer, :reason)
