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
