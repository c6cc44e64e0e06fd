-- Let one process at a time load the office: held until the transaction ends.
SELECT pg_advisory_xact_lock(hashtext('office_version'))
