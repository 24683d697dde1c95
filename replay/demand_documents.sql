-- lock_refresh --
-- Only one process at a time may add words.
LOCK TABLE demand_refresh IN SHARE ROW EXCLUSIVE MODE

-- read_refresh --
-- How far the words have come, and by which method.
SELECT
    method,
    position
FROM demand_refresh

-- delete_refresh --
-- Make room for the new place.
DELETE FROM demand_refresh

-- insert_refresh --
-- Note how far the words have come.
INSERT INTO demand_refresh (
    method,
    position
)
VALUES (
    %(method)s::text,
    %(position)s::bigint
)

-- delete_documents --
-- Throw every word away; they are read anew.
DELETE FROM demand_document

-- read_births --
-- The petitions that came in within a stretch of the log, with what of their text is not erased.
SELECT
    event.originator_id,
    event.version,
    event.payload,
    subject.value,
    text.value
FROM event
LEFT JOIN personal AS subject
    ON subject.originator_id = event.originator_id
    AND subject.version = event.version
    AND subject.path = '/subject'
LEFT JOIN personal AS text
    ON text.originator_id = event.originator_id
    AND text.version = event.version
    AND text.path = '/text'
WHERE event.position > %(after)s::bigint
    AND event.position <= %(upto)s::bigint
    AND event.topic IN ('petition.submitted', 'petition.case_imported')
ORDER BY event.position

-- copy_documents --
-- Write words, whole petitions at a time.
COPY demand_document (
    petition_id,
    version,
    subject_path,
    text_path,
    terms,
    counts
)
FROM STDIN

-- delete_confidential --
-- Take out what was marked confidential within a stretch of the log.
DELETE FROM demand_document
USING event
WHERE event.originator_id = demand_document.petition_id
    AND event.position > %(after)s::bigint
    AND event.position <= %(upto)s::bigint
    AND event.topic = 'petition.marked_confidential'

-- count_documents --
-- How many petitions have words.
SELECT count(*)
FROM demand_document
