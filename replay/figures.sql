-- read_head --
-- Last position of the log.
SELECT position
FROM head

-- read_recorded_at --
-- When an event came into the log.
SELECT recorded_at
FROM event
WHERE position = %(position)s::bigint
