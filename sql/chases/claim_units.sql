-- The units whose chase is due: one row a unit, so that one worker writes its digests. Rows that another worker holds
-- are passed over; the lock lets assignments be added meanwhile.
--   as_of  timestamptz
--   limit  int
SELECT unit.unit_code
FROM unit
WHERE unit.unit_code IN (SELECT assignment.unit_code FROM assignment
                         WHERE assignment.state = 'awaiting'
                           AND assignment.next_step_at <= CAST(:as_of AS timestamptz))
ORDER BY unit.unit_code
LIMIT :limit
FOR NO KEY UPDATE OF unit SKIP LOCKED
