-- add_rates --
-- Add changes to the roll-ups; a day nobody counted before gets its row.
INSERT INTO rate (
    grouping,
    key,
    subkey,
    day,
    counts
)
SELECT
    given.grouping,
    given.key,
    given.subkey,
    given.day,
    given.counts
FROM unnest(
    %(groupings)s::text[],
    %(keys)s::text[],
    %(subkeys)s::text[],
    %(days)s::date[],
    %(counts)s::numeric[]
) AS given (grouping, key, subkey, day, counts)
ON CONFLICT (grouping, key, subkey, day) DO UPDATE
SET counts = rate.counts + excluded.counts

-- delete_empty_rates --
-- Drop the rows among those just changed that count nothing any more.
DELETE FROM rate
USING unnest(
    %(groupings)s::text[],
    %(keys)s::text[],
    %(subkeys)s::text[],
    %(days)s::date[]
) AS given (grouping, key, subkey, day)
WHERE rate.grouping = given.grouping
    AND rate.key = given.key
    AND rate.subkey = given.subkey
    AND rate.day = given.day
    AND rate.counts = 0
