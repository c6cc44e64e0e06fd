-- One answer was put before the next official.
--   answer_id    bigint
--   proposed_to  text
--   as_of        timestamptz
UPDATE answer SET proposed_to = :proposed_to, asked_at = :as_of, times_asked = times_asked + 1
WHERE answer_id = :answer_id AND state = 'proposed'
