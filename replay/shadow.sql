-- try_to_lock_replay --
-- One replay of a kind per ledger; the lock ends with the session.
SELECT pg_try_advisory_lock(hashtextextended('taizhang replay ' || %(schema)s::text, 0))

-- unlock_replay --
-- Without this the lock would last until the server notices that the session ended.
SELECT pg_advisory_unlock(hashtextextended('taizhang replay ' || %(schema)s::text, 0))

-- set_shadow --
-- Where the statements below find the live tables, the shadow, and room for the old tables.
SELECT
    set_config('taizhang.live', %(live)s::text, FALSE),
    set_config('taizhang.shadow', %(shadow)s::text, FALSE),
    set_config('taizhang.aside', %(aside)s::text, FALSE),
    set_config('taizhang.tables', %(tables)s::text, FALSE),
    set_config('statement_timeout', '0', FALSE),
    -- What a crash may lose here is a slice and its record together; it is filled again.
    set_config('synchronous_commit', 'off', FALSE)

-- set_search_path --
-- Find a shadow's tables before the live ones of the same name.
SELECT set_config('search_path', %(path)s::text, FALSE)

-- find_schema --
-- Whether a schema is there.
SELECT to_regnamespace(%(schema)s::text) IS NOT NULL

-- drop_shadow --
-- Remove a shadow with all its tables.
DO $drop$
BEGIN
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', current_setting('taizhang.shadow'));
END
$drop$

-- drop_aside --
-- Remove the tables that were replaced.
DO $drop$
BEGIN
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', current_setting('taizhang.aside'));
END
$drop$

-- create_aside --
-- Room for the tables that are replaced.
DO $create$
DECLARE
    aside text := current_setting('taizhang.aside');
BEGIN
    EXECUTE format('CREATE SCHEMA %I', aside);
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO tz_projector', aside);
END
$create$

-- create_shadow --
-- An empty schema beside the ledger's, for the projector to fill.
DO $create$
DECLARE
    shadow text := current_setting('taizhang.shadow');
BEGIN
    EXECUTE format('CREATE SCHEMA %I', shadow);
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO tz_projector', shadow);
END
$create$

-- create_shadow_tables --
-- Tables like the live ones, without the indexes that would slow the filling down.
DO $create$
DECLARE
    live text := current_setting('taizhang.live');
    shadow text := current_setting('taizhang.shadow');
    name text;
BEGIN
    FOREACH name IN ARRAY string_to_array(current_setting('taizhang.tables'), ',') LOOP
        EXECUTE format(
            'CREATE TABLE %I.%I (LIKE %I.%I INCLUDING ALL EXCLUDING INDEXES)',
            shadow, name, live, name
        );
        EXECUTE format('GRANT SELECT ON %I.%I TO tz_app', shadow, name);
    END LOOP;
    EXECUTE format(
        'CREATE TABLE %I.projection (LIKE %I.projection INCLUDING ALL)', shadow, live
    );
    EXECUTE format(
        'CREATE TABLE %I.plan (position bigint, slices_len integer, program text)', shadow
    );
    EXECUTE format(
        'CREATE TABLE %I.slice (number integer PRIMARY KEY, events_len bigint NOT NULL)', shadow
    );
    EXECUTE format(
        'CREATE TABLE %I.step_delta (delta bytea PRIMARY KEY, counts numeric NOT NULL)', shadow
    );
END
$create$

-- empty_shadow_tables --
-- Begin tables anew that an interrupted replay may have left half filled.
DO $empty$
DECLARE
    shadow text := current_setting('taizhang.shadow');
    name text;
BEGIN
    FOREACH name IN ARRAY string_to_array(current_setting('taizhang.tables'), ',') LOOP
        EXECUTE format('TRUNCATE %I.%I', shadow, name);
    END LOOP;
END
$empty$

-- index_shadow_tables --
-- Keys and indexes of the live tables, by the same names; what is there already is left.
DO $index$
DECLARE
    live text := current_setting('taizhang.live');
    shadow text := current_setting('taizhang.shadow');
    tables text[] := string_to_array(current_setting('taizhang.tables'), ',');
    changed text[] := '{}';
    found record;
BEGIN
    FOR found IN
        SELECT
            relname,
            conname,
            pg_get_constraintdef(pg_constraint.oid) AS definition
        FROM pg_constraint
        JOIN pg_class ON pg_class.oid = conrelid
        WHERE pg_class.relnamespace = live::regnamespace
            AND relname = ANY(tables)
            AND contype IN ('p', 'u')
            AND to_regclass(format('%I.%I', shadow, conname)) IS NULL
    LOOP
        EXECUTE format(
            'ALTER TABLE %I.%I ADD CONSTRAINT %I %s',
            shadow, found.relname, found.conname, found.definition
        );
        changed := changed || found.relname::text;
    END LOOP;
    FOR found IN
        SELECT
            tablename,
            indexdef
        FROM pg_indexes
        WHERE schemaname = live
            AND tablename = ANY(tables)
            AND to_regclass(format('%I.%I', shadow, indexname)) IS NULL
    LOOP
        EXECUTE regexp_replace(
            found.indexdef,
            ' ON [^ ]+ USING ',
            format(' ON %I.%I USING ', shadow, found.tablename)
        );
        changed := changed || found.tablename::text;
    END LOOP;
    FOR found IN
        -- Nobody searches by a sum, or by facts: sampling them takes most of the time.
        SELECT
            relname,
            string_agg(quote_ident(attname), ', ') AS columns
        FROM pg_class
        JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relnamespace = shadow::regnamespace
            AND relname = ANY(changed)
            AND attnum > 0
            AND NOT attisdropped
            AND atttypid NOT IN ('bytea'::regtype, 'numeric'::regtype)
        GROUP BY relname
    LOOP
        EXECUTE format('ANALYZE %I.%I (%s)', shadow, found.relname, found.columns);
    END LOOP;
END
$index$

-- analyze_shadow_tables --
-- Let the planner know tables that were filled after they had their keys.
DO $analyze$
DECLARE
    shadow text := current_setting('taizhang.shadow');
    name text;
BEGIN
    FOREACH name IN ARRAY string_to_array(current_setting('taizhang.tables'), ',') LOOP
        EXECUTE format('ANALYZE %I.%I', shadow, name);
    END LOOP;
END
$analyze$

-- insert_plan --
-- What the shadow will hold, so that an interrupted replay goes on with the same.
INSERT INTO plan (
    position,
    slices_len,
    program
)
VALUES (
    %(position)s::bigint,
    %(slices_len)s::integer,
    %(program)s::text
)

-- read_plan --
-- What the shadow was to hold.
SELECT
    position,
    slices_len,
    program
FROM plan

-- insert_position --
-- A model of the shadow contains the log up to the plan's position.
INSERT INTO projection (
    model,
    position,
    updated_at
)
VALUES (
    %(model)s::text,
    %(position)s::bigint,
    clock_timestamp()
)
ON CONFLICT (model) DO NOTHING

-- read_end --
-- The end of the log.
SELECT position
FROM head
