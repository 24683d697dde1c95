-- find_petition --
-- The petition that bears a number, by the log's own record of who took it.
SELECT originator_id
FROM claim
WHERE value = %(value)s::text
