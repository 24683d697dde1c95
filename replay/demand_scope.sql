-- find_category --
-- One petition of a category, if there is any.
SELECT petition_id
FROM petition_facts
WHERE category = %(category)s::text
LIMIT 1
