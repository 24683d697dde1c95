-- upsert_units --
-- Enter units, or correct what is known of them.
INSERT INTO unit (
    unit,
    name_zh,
    name_en,
    tier,
    parent,
    kind,
    closed_at
)
SELECT
    given.unit,
    given.name_zh,
    given.name_en,
    given.tier,
    given.parent,
    given.kind,
    NULL
FROM unnest(
    %(units)s::text[],
    %(names_zh)s::text[],
    %(names_en)s::text[],
    %(tiers)s::text[],
    %(parents)s::text[],
    %(kinds)s::text[]
) AS given (unit, name_zh, name_en, tier, parent, kind)
ON CONFLICT (unit) DO UPDATE
SET
    name_zh = excluded.name_zh,
    name_en = excluded.name_en,
    tier = excluded.tier,
    parent = excluded.parent,
    kind = excluded.kind,
    closed_at = NULL

-- close_units --
-- Date the end of units; they keep their history.
UPDATE unit
SET closed_at = given.closed_at
FROM unnest(
    %(units)s::text[],
    %(instants)s::timestamptz[]
) AS given (unit, closed_at)
WHERE unit.unit = given.unit

-- read_units --
-- The roster.
SELECT
    unit,
    name_zh,
    name_en,
    tier,
    parent,
    kind,
    closed_at,
    successor,
    succeeded_on
FROM unit
ORDER BY unit

-- set_heirs --
-- Say who goes on for units that ended, and since which local day.
UPDATE unit
SET
    successor = given.successor,
    succeeded_on = given.succeeded_on
FROM unnest(
    %(units)s::text[],
    %(successors)s::text[],
    %(days)s::date[]
) AS given (unit, successor, succeeded_on)
WHERE unit.unit = given.unit

-- read_heirs --
-- Units that another one goes on for.
SELECT
    unit,
    successor,
    succeeded_on
FROM unit
WHERE successor IS NOT NULL

-- delete_duties --
-- Make room for lists of the same days.
DELETE FROM attendance_duty
WHERE effective_on = ANY(%(days)s::date[])

-- insert_duties --
-- List the units bound to attend sessions from these days on.
INSERT INTO attendance_duty (
    effective_on,
    unit
)
SELECT
    effective_on,
    unit
FROM unnest(
    %(days)s::date[],
    %(units)s::text[]
) AS given (effective_on, unit)
