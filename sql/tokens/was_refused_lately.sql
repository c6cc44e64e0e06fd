-- Has Zalo refused to refresh this pair within the last hour? Then asking again is no use before a person has acted.
--   of_token_id  bigint
SELECT EXISTS (
    SELECT FROM token_refresh
    WHERE of_token_id = :of_token_id AND outcome LIKE 'refused%'
      AND ended_at > clock_timestamp() - interval '1 hour')
