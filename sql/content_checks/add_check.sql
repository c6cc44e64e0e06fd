-- What Zalo would refuse of a text; what was found first stays.
--   content_item_id  bigint
--   version          int
--   flaws            text[]   Vietnamese
INSERT INTO content_check (content_item_id, version, flaws)
VALUES (:content_item_id, :version, CAST(:flaws AS text[]))
ON CONFLICT (content_item_id, version) DO NOTHING
RETURNING version
