-- list_closed_facts --
-- Facts of the petitions that are closed and were last closed in a stretch of time.
SELECT facts
FROM petition_facts
WHERE closed_at >= %(closed_from)s::timestamptz
    AND closed_at < %(closed_before)s::timestamptz
    AND state IN ('closed', 'archived')
