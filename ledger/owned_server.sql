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

-- find_database --
-- Whether the embedded server has the program's database.
SELECT datname
FROM pg_database
WHERE datname = %(name)s

-- create_database --
-- The one database of the embedded server; its ledgers are schemas.
CREATE DATABASE taizhang
