-- lock_positions --
-- Keep the engine out while tables change places.
SELECT
    model,
    position
FROM projection
WHERE model = ANY(%(models)s::text[])
ORDER BY model
FOR UPDATE

-- swap_tables --
-- Put the shadow's tables in the place of the live ones, and those aside.
DO $swap$
DECLARE
    live text := current_setting('taizhang.live');
    shadow text := current_setting('taizhang.shadow');
    aside text := current_setting('taizhang.aside');
    name text;
BEGIN
    FOREACH name IN ARRAY string_to_array(current_setting('taizhang.tables'), ',') LOOP
        EXECUTE format('ALTER TABLE %I.%I SET SCHEMA %I', live, name, aside);
        EXECUTE format('ALTER TABLE %I.%I SET SCHEMA %I', shadow, name, live);
    END LOOP;
END
$swap$

-- set_position --
-- Let a model go on from where the new tables end; what stopped it is mended.
UPDATE projection
SET
    position = %(position)s::bigint,
    stopped_position = NULL,
    stopped_cause = NULL,
    updated_at = clock_timestamp()
WHERE model = %(model)s::text
