-- read_report --
-- The events of a published report, oldest first.
SELECT
    topic,
    schema_version,
    version,
    occurred_at,
    payload
FROM event
WHERE originator_id = %(report_id)s::uuid
    AND topic LIKE 'report.%%'
ORDER BY version
