-- The roles of law 9. desk_owner owns everything and cannot log in; desk_app is run time; desk_reader reports;
-- portal is for a login mapped to one official. btree_gist lets a constraint compare a code and a period; it comes with
-- PostgreSQL. Safe to repeat, and by several at once.
DO $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('zalo-desk roles'));
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'desk_owner') THEN CREATE ROLE desk_owner NOLOGIN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'desk_app') THEN CREATE ROLE desk_app LOGIN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'desk_reader') THEN CREATE ROLE desk_reader NOLOGIN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal') THEN CREATE ROLE portal NOLOGIN; END IF;
    EXECUTE format('GRANT desk_owner TO %I', current_user);
    CREATE EXTENSION IF NOT EXISTS btree_gist;
    GRANT CREATE, USAGE ON SCHEMA public TO desk_owner;
END
$$;
