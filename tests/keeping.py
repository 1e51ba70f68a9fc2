"""How a PostgreSQL database of the tests is brought back to what it was: by its own SQL."""

#: Keeps what a template holds, and its shape, in a schema of its own.
KEEP = """
CREATE SCHEMA kept;
CREATE FUNCTION kept.shape() RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' ',
        (SELECT count(*) || '/' || max(oid) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace),
        (SELECT count(*) || '/' || max(oid) FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace),
        (SELECT string_agg(oid::text || tgenabled::text, ',' ORDER BY oid) FROM pg_trigger),
        (SELECT count(*) || '/' || max(oid) FROM pg_constraint),
        (SELECT count(*) FILTER (WHERE NOT attisdropped) || '/' || count(*) FROM pg_attribute))
$$;
DO $$ DECLARE found record; BEGIN
    FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('CREATE TABLE kept.%1$I AS TABLE public.%1$I', found.tablename);
    END LOOP;
END $$;
CREATE TABLE kept."its sequences" AS
    SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public';
CREATE TABLE kept."its shape" (shape text);
INSERT INTO kept."its shape" SELECT kept.shape();
"""
#: Brings a copy of a template back to what was kept. Fails if its shape was changed.
RESTORE = """
SET LOCAL session_replication_role = replica;
DO $$ DECLARE found record; BEGIN
    IF (SELECT shape FROM kept."its shape") <> kept.shape() THEN
        RAISE EXCEPTION 'the shape of this database was changed';
    END IF;
    FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('DELETE FROM public.%I', found.tablename);
        EXECUTE format('INSERT INTO public.%1$I TABLE kept.%1$I', found.tablename);
    END LOOP;
    FOR found IN SELECT * FROM kept."its sequences" LOOP
        PERFORM setval(format('public.%I', found.sequencename),
            coalesce(found.last_value, 1), found.last_value IS NOT NULL);
    END LOOP;
END $$;
"""
#: Ends what others do in a database.
LEAVE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = %s AND pid <> pg_backend_pid()
"""
