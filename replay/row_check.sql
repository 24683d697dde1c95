-- hash_petition_facts --
-- Every row of the facts, by petition.
SELECT
    petition_id::text COLLATE "C" AS place,
    md5(ROW(petition_facts.*)::text) AS hash
FROM petition_facts
ORDER BY
    place,
    hash

-- hash_petition_step --
-- Every step, by petition, instant and unit.
SELECT
    concat_ws(' | ', petition_id, at, unit) COLLATE "C" AS place,
    md5(ROW(petition_step.*)::text) AS hash
FROM petition_step
ORDER BY
    place,
    hash

-- hash_rate --
-- Every row of the roll-ups.
SELECT
    concat_ws(' | ', grouping, key, subkey, day) COLLATE "C" AS place,
    md5(ROW(rate.*)::text) AS hash
FROM rate
ORDER BY
    place,
    hash

-- hash_worklist --
-- Every task, by unit and petition.
SELECT
    concat_ws(' | ', unit, petition_id, task) COLLATE "C" AS place,
    md5(ROW(worklist.*)::text) AS hash
FROM worklist
ORDER BY
    place,
    hash

-- hash_unit --
-- Every unit of the roster.
SELECT
    unit COLLATE "C" AS place,
    md5(ROW(unit.*)::text) AS hash
FROM unit
ORDER BY
    place,
    hash
