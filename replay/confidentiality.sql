-- list_petitions_after --
-- The petitions that anything happened to after a position.
SELECT DISTINCT originator_id
FROM event
WHERE position > %(position)s::bigint
    AND topic LIKE 'petition.%%'
