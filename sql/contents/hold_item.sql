-- One article, by its number or its code, held for this transaction. Its text is read by a statement of its own: this one
-- would not see a text that was written while it waited.
--   content_item_id  bigint  or null
--   code             text    or null
SELECT content_item_id FROM content_item
WHERE content_item_id = CAST(:content_item_id AS bigint) OR code = CAST(:code AS text)
FOR UPDATE
