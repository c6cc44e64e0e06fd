-- How many events of a kind are there, counted up to a number?
--   kind  text
--   most  int
SELECT count(*) FROM (SELECT FROM event WHERE kind = :kind LIMIT :most) AS counted
