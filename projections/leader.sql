-- try_to_lead --
-- Take the lead of this ledger's read models if nobody holds it; the session keeps it.
SELECT pg_try_advisory_lock(hashtextextended('taizhang projector ' || current_schema(), 0))
