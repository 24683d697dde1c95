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
    closed_at
FROM unit
ORDER BY unit
