-- list_unit_names --
-- What people call the units.
SELECT
    unit,
    name_zh,
    name_en
FROM unit
ORDER BY unit
