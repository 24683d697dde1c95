-- read_known --
-- Whether any petition has a region, and whether any has a category.
SELECT
    EXISTS (
        SELECT
        FROM petition_facts
        WHERE region = %(region)s::text
    ),
    EXISTS (
        SELECT
        FROM petition_facts
        WHERE category = %(category)s::text
    )
