-- One answer was put before the next official.
--   answer_id    bigint
--   proposed_to  text
--   as_of        timestamptz
UPDATE answer SET proposed_to = :proposed_to, proposed_at = :as_of, times_proposed = times_proposed + 1
WHERE answer_id = :answer_id AND state = 'proposed'
