-- rollback_append --
-- Give the end of the log back unchanged.
ROLLBACK
