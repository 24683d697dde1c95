-- create_rows --
-- What the bare program keeps.
CREATE TABLE IF NOT EXISTS peer.bare_row (
    id uuid NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT bare_row_pkey PRIMARY KEY (id)
)

-- insert_row --
-- Write one.
INSERT INTO peer.bare_row (
    id,
    subject,
    text
)
VALUES (
    %(id)s::uuid,
    %(subject)s::text,
    %(text)s::text
)

-- read_row --
-- Read one.
SELECT
    id,
    subject,
    text,
    written_at
FROM peer.bare_row
WHERE id = %(id)s::uuid
