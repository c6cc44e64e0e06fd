-- Write down what became of a model; what was in use until then is out of use once another is promoted.
--   sha256, state, acting_officer  text
--   trained_at                     timestamptz
--   metrics                        jsonb
WITH before AS (
    SELECT sha256, trained_at, metrics FROM classifier_version
    WHERE state = 'promoted'
    ORDER BY classifier_version_id DESC LIMIT 1
), retired AS (
    INSERT INTO classifier_version (sha256, state, acting_officer, trained_at, metrics)
    SELECT sha256, 'retired', :acting_officer, trained_at, metrics FROM before
    WHERE CAST(:state AS text) = 'promoted' AND sha256 <> :sha256
)
INSERT INTO classifier_version (sha256, state, acting_officer, trained_at, metrics)
VALUES (:sha256, :state, :acting_officer, :trained_at, CAST(:metrics AS jsonb))
