-- Where does the sweep over the newest rows stop, and what time is it?
--   oa_id  text
SELECT high_water, clock_timestamp() AS began_at
FROM (VALUES (1)) AS always LEFT JOIN pull_cursor ON oa_id = :oa_id
