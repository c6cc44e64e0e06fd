-- These steps were taken, each by its letter; a first step is the lowest of those that it stands for.
--   assignment_ids      bigint[]
--   due_ons             date[]
--   steps, first_steps  int[]
--   outbox_keys     text[]
--   for_board       boolean[]
--   taken_on        date
INSERT INTO chase_step (assignment_id, due_on, step, first_step, outbox_key, for_board, taken_on)
SELECT assignment_id, due_on, step, first_step, outbox_key, for_board, CAST(:taken_on AS date)
FROM unnest(CAST(:assignment_ids AS bigint[]), CAST(:due_ons AS date[]), CAST(:steps AS int[]),
            CAST(:first_steps AS int[]), CAST(:outbox_keys AS text[]), CAST(:for_board AS boolean[]))
     AS given (assignment_id, due_on, step, first_step, outbox_key, for_board)
ON CONFLICT DO NOTHING
