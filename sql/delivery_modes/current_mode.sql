-- Whether letters and messages leave.
SELECT mode FROM delivery_mode ORDER BY delivery_mode_id DESC LIMIT 1
