-- read_setting --
-- A choice that holds for the life of the ledger.
SELECT value
FROM setting
WHERE name = %(name)s::text

-- insert_setting --
-- Make a choice unless it was made before.
INSERT INTO setting (
    name,
    value
)
VALUES (
    %(name)s::text,
    %(value)s::text
)
ON CONFLICT (name) DO NOTHING
