-- Each model with what became of it last, the newest first.
SELECT DISTINCT ON (version.trained_at, version.sha256) version.sha256, version.state, version.acting_officer,
       version.trained_at, version.metrics, version.recorded_at
FROM classifier_version AS version
ORDER BY version.trained_at DESC, version.sha256, version.classifier_version_id DESC
