-- Rows of these tables are inserted and never updated, so dead rows never call for vacuum: what
-- calls for it here is how many were inserted. A vacuum then finds little to freeze at a time, the
-- scans of indexes alone need not look at the table, and no vacuum against wraparound ever has to
-- read the whole log at once.
ALTER TABLE event SET (
    autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_analyze_scale_factor = 0.02,
    autovacuum_freeze_min_age = 0
);

ALTER TABLE personal SET (
    autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_analyze_scale_factor = 0.02,
    autovacuum_freeze_min_age = 0
);

ALTER TABLE command SET (
    autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_analyze_scale_factor = 0.02,
    autovacuum_freeze_min_age = 0
);

ALTER TABLE claim SET (
    autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_analyze_scale_factor = 0.02,
    autovacuum_freeze_min_age = 0
);

-- The one row that every commit updates. Its page is pruned on the way; where a long snapshot has
-- forbidden that, a vacuum of a few pages soon takes what was left behind.
ALTER TABLE head SET (
    autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_scale_factor = 0
);
