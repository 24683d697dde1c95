-- Words of petitions, for demand analysis. They are personal: each row hangs on the values it was
-- made from, so that erasing a text erases its words in the same statement.
CREATE TABLE demand_document (
    petition_id uuid NOT NULL,
    version integer NOT NULL,
    subject_path text,
    text_path text,
    terms text[] NOT NULL,
    counts smallint[] NOT NULL,
    CONSTRAINT demand_document_pkey PRIMARY KEY (petition_id),
    CONSTRAINT demand_document_subject_fkey FOREIGN KEY (petition_id, version, subject_path)
        REFERENCES personal (originator_id, version, path) ON DELETE CASCADE,
    CONSTRAINT demand_document_text_fkey FOREIGN KEY (petition_id, version, text_path)
        REFERENCES personal (originator_id, version, path) ON DELETE CASCADE,
    CONSTRAINT demand_document_path_check CHECK (num_nonnulls(subject_path, text_path) > 0),
    CONSTRAINT demand_document_counts_check CHECK (cardinality(terms) = cardinality(counts))
);

CREATE INDEX demand_document_terms_idx ON demand_document USING gin (terms);

-- How far the words have come, and by which method; one row.
CREATE TABLE demand_refresh (
    method text NOT NULL,
    position bigint NOT NULL,
    CONSTRAINT demand_refresh_pkey PRIMARY KEY (method),
    CONSTRAINT demand_refresh_position_check CHECK (position >= 0)
);

-- The projector may not read personal values, so it gets no part in this.
GRANT SELECT, INSERT, DELETE ON demand_document, demand_refresh TO tz_app;
