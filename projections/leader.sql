-- try_to_lead --
-- Take the lead of this ledger's read models if nobody holds it; the session keeps it.
SELECT pg_try_advisory_lock(hashtextextended('taizhang projector ' || current_schema(), 0))

-- notice_loss --
-- End this session within seconds of its client: by default a killed leader would keep the lead
-- until its statement ends, and one that is cut off for hours. A server on Windows cannot.
SELECT set_config(wanted.name, wanted.value, FALSE)
FROM (
    VALUES
        ('client_connection_check_interval', '1s'),
        ('tcp_keepalives_idle', '1s'),
        ('tcp_keepalives_interval', '1s'),
        ('tcp_keepalives_count', '2')
) AS wanted (name, value)
WHERE version() !~* 'windows|mingw|visual c'

-- is_led --
-- Whether some session holds the lead; a lock of 64 bits is shown in two halves.
SELECT EXISTS (
    SELECT
    FROM pg_locks
    JOIN pg_database ON pg_database.oid = pg_locks.database
    WHERE pg_database.datname = current_database()
        AND pg_locks.locktype = 'advisory'
        AND pg_locks.granted
        AND pg_locks.objsubid = 1
        AND (pg_locks.classid::bigint << 32 | pg_locks.objid::bigint)
            = hashtextextended('taizhang projector ' || current_schema(), 0)
)
