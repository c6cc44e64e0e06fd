-- The Ban Quản trị hears of these by a letter.
--   assignment_ids  bigint[]
--   board_key       text
UPDATE chase_step SET board_key = :board_key
WHERE for_board AND board_key IS NULL AND assignment_id = ANY(CAST(:assignment_ids AS bigint[]))
