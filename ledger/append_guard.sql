-- read_guards --
-- Whether the server has Citus, whether the trigger stands in every session, and which roles but
-- the owner may change or remove events by some grant.
SELECT
    EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') AS is_sharded,
    EXISTS (
        SELECT
        FROM pg_trigger
        WHERE tgrelid = 'event'::regclass
            AND tgname = 'event_append_only_trigger'
            AND tgenabled = 'A'
    ) AS has_trigger,
    ARRAY(
        SELECT DISTINCT CASE granted.grantee
            WHEN 0 THEN 'PUBLIC'
            ELSE pg_get_userbyid(granted.grantee)::text
        END
        FROM pg_class
        CROSS JOIN LATERAL (
            SELECT
                grantee,
                privilege_type
            FROM aclexplode(pg_class.relacl)
            UNION ALL
            SELECT
                of_column.grantee,
                of_column.privilege_type
            FROM pg_attribute
            CROSS JOIN LATERAL aclexplode(pg_attribute.attacl) AS of_column
            WHERE pg_attribute.attrelid = pg_class.oid
        ) AS granted
        WHERE pg_class.oid = 'event'::regclass
            AND granted.grantee <> pg_class.relowner
            AND granted.privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER')
        ORDER BY 1
    ) AS loose_roles
