-- Somebody was asked for a word on an article: it waits for him.
--   content_item_id  bigint
--   official_code    text
--   as_of            timestamptz
UPDATE content_item SET waits_for = :official_code, asked_at = :as_of, times_asked = times_asked + 1
WHERE content_item_id = :content_item_id
