-- The number of the next article of a year; whoever asks at the same time waits, and gets the one after it.
--   year  int
INSERT INTO content_number (year, newest) VALUES (:year, 1)
ON CONFLICT (year) DO UPDATE SET newest = content_number.newest + 1
RETURNING newest
