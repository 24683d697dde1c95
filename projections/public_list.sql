-- delete_public_list --
-- Take back what was public of these petitions.
DELETE FROM public_list
WHERE petition_id = ANY(%(petition_ids)s::uuid[])

-- copy_public_list --
-- Write which event published a reply.
COPY public_list (
    petition_id,
    version,
    unit,
    published_at
)
FROM STDIN (FORMAT BINARY)

-- read_public_list --
-- A page of replies that are public now, the newest first, with the wording that is not erased.
SELECT
    public_list.petition_id,
    public_list.version,
    public_list.unit,
    public_list.published_at,
    petition_facts.number,
    petition_facts.petition_type,
    petition_facts.type_label,
    petition_facts.region,
    petition_facts.submitted_at,
    petition_facts.closed_at,
    subject.value AS subject,
    wording.value AS text
FROM public_list
JOIN petition_facts ON petition_facts.petition_id = public_list.petition_id
LEFT JOIN personal AS subject
    ON subject.originator_id = public_list.petition_id
    AND subject.version = public_list.version
    AND subject.path = '/subject'
LEFT JOIN personal AS wording
    ON wording.originator_id = public_list.petition_id
    AND wording.version = public_list.version
    AND wording.path = '/text'
WHERE (public_list.published_at, public_list.petition_id)
        < (%(before_published_at)s::timestamptz, %(before_petition_id)s::uuid)
    AND (%(unit)s::text IS NULL OR public_list.unit = %(unit)s::text)
ORDER BY
    public_list.published_at DESC,
    public_list.petition_id DESC
LIMIT %(limit)s::integer
