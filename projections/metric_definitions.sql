-- insert_definitions --
-- Enter definitions of metrics.
INSERT INTO metric_definition (
    metric_id,
    rate_id,
    number,
    label_zh,
    label_en,
    numerator,
    denominator,
    less,
    effective_on,
    source,
    is_retired
)
SELECT
    given.metric_id,
    given.rate_id,
    given.number,
    given.label_zh,
    given.label_en,
    given.numerator,
    given.denominator,
    given.less,
    given.effective_on,
    given.source,
    false
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    metric_id uuid,
    rate_id text,
    number integer,
    label_zh text,
    label_en text,
    numerator text[],
    denominator text[],
    less text[],
    effective_on date,
    source text
)

-- retire_definitions --
-- Mark definitions that no new report may use.
UPDATE metric_definition
SET is_retired = true
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (metric_id uuid)
WHERE metric_definition.metric_id = given.metric_id

-- list_definitions --
-- What the ledger defined beside what is built in.
SELECT
    rate_id,
    number,
    label_zh,
    label_en,
    numerator,
    denominator,
    less,
    effective_on,
    source,
    is_retired
FROM metric_definition
ORDER BY
    rate_id,
    number
