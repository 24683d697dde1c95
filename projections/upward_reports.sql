-- delete_upward_reports --
-- Take back the delays of these petitions.
DELETE FROM upward_report
WHERE petition_id = ANY(%(petition_ids)s::uuid[])

-- copy_upward_reports --
-- Write delays and what followed them.
COPY upward_report (
    petition_id,
    cycle,
    duty,
    unit,
    owed_from,
    explained_at,
    explained_late,
    inform_by,
    told_at,
    report_by,
    reported_at,
    target,
    acknowledge_by,
    acknowledged_at
)
FROM STDIN (FORMAT BINARY)

-- read_upward_reports --
-- A page of delays, the oldest first; a due is late from the next microsecond on.
SELECT
    upward_report.petition_id,
    petition_facts.number,
    unit.tier,
    upward_report.cycle,
    upward_report.duty,
    upward_report.unit,
    upward_report.owed_from,
    upward_report.explained_at,
    upward_report.explained_late,
    upward_report.inform_by,
    upward_report.told_at,
    upward_report.report_by,
    upward_report.reported_at,
    upward_report.target,
    upward_report.acknowledge_by,
    upward_report.acknowledged_at
FROM upward_report
JOIN petition_facts ON petition_facts.petition_id = upward_report.petition_id
LEFT JOIN unit ON unit.unit = upward_report.target
WHERE (
    upward_report.owed_from < %(at)s::timestamptz
    OR coalesce(upward_report.explained_at, upward_report.reported_at) <= %(at)s::timestamptz
)
    AND (%(units)s::text[] IS NULL OR upward_report.unit = ANY(%(units)s::text[]))
    AND (
        upward_report.owed_from,
        upward_report.petition_id,
        upward_report.cycle,
        upward_report.duty
    ) > (
        %(after_owed_from)s::timestamptz,
        %(after_petition_id)s::uuid,
        %(after_cycle)s::integer,
        %(after_duty)s::integer
    )
ORDER BY
    upward_report.owed_from,
    upward_report.petition_id,
    upward_report.cycle,
    upward_report.duty
LIMIT %(limit)s::integer
