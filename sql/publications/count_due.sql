-- How many articles are to go to Zalo, or are on their way?
--   as_of  timestamptz   legal time
SELECT count(*) FROM publication WHERE state IN ('waiting', 'leaving') AND publish_at <= :as_of
