-- find_missing_roles --
-- Which of the ledger's roles the server lacks, in their order.
SELECT wanted.name
FROM unnest(%(roles)s::text[]) WITH ORDINALITY AS wanted (name, place)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE pg_roles.rolname = wanted.name)
ORDER BY wanted.place

-- create_roles --
-- Make the roles of the ledger; a rival that was faster, from another database too, is no error.
DO $create$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['tz_owner', 'tz_app', 'tz_projector'] LOOP
        CONTINUE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = wanted);
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END LOOP;
    -- The owner hands read-model tables to the projector, which takes membership.
    IF NOT pg_has_role('tz_owner', 'tz_projector', 'MEMBER') THEN
        GRANT tz_projector TO tz_owner;
    END IF;
END
$create$

-- allow_roles_to_log_in --
-- On the embedded server the roles are the logins: peer authentication lets in one account alone.
DO $allow$
DECLARE
    closed text;
BEGIN
    FOR closed IN
        SELECT rolname
        FROM pg_roles
        WHERE rolname IN ('tz_owner', 'tz_app', 'tz_projector')
            AND NOT rolcanlogin
    LOOP
        EXECUTE format('ALTER ROLE %I LOGIN', closed);
    END LOOP;
END
$allow$

-- find_missing_memberships --
-- Which of the roles a login user may not take.
SELECT wanted.name
FROM unnest(%(roles)s::text[]) AS wanted (name)
WHERE NOT pg_has_role(%(login)s::text, wanted.name, 'MEMBER')
    AND wanted.name <> %(login)s::text

-- owner_may_create_schemas --
-- Whether the owner role may make a ledger in this database.
SELECT has_database_privilege('tz_owner', current_database(), 'CREATE') AS is_allowed

-- allow_owner_to_create_schemas --
-- Let the owner role make a ledger in this database.
DO $allow$
BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO tz_owner', current_database());
END
$allow$

-- is_superuser --
-- Whether the user who logged in, whatever role was taken since, passes every grant.
SELECT rolsuper
FROM pg_roles
WHERE rolname = session_user

-- describe_server --
-- What a start must know of the server: version, encoding, clock, and who we are there.
SELECT
    current_setting('server_version_num')::integer AS version_num,
    current_setting('server_encoding') AS encoding,
    clock_timestamp() AS server_at,
    session_user::text AS login

-- find_database --
-- Whether the embedded server has the program's database.
SELECT datname
FROM pg_database
WHERE datname = %(name)s

-- create_database --
-- The one database of the embedded server; its ledgers are schemas.
CREATE DATABASE taizhang
