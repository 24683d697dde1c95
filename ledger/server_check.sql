-- is_superuser --
-- Whether the user who logged in, whatever role was taken since, passes every grant.
SELECT rolsuper
FROM pg_roles
WHERE rolname = session_user

-- describe_server --
-- What a start must know of the server: version, encoding and clock.
SELECT
    current_setting('server_version_num')::integer AS version_num,
    current_setting('server_encoding') AS encoding,
    clock_timestamp() AS server_at
