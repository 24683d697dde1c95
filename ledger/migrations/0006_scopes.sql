-- Scopes whose intake was declared; over an incomplete one no rate is given.
CREATE TABLE scope_declaration (
    scope_id uuid NOT NULL,
    unit text,
    petition_type text,
    channel text,
    region text,
    intake_complete boolean NOT NULL,
    reason text NOT NULL,
    declared_at timestamptz NOT NULL,
    CONSTRAINT scope_declaration_pkey PRIMARY KEY (scope_id)
);

ALTER TABLE scope_declaration OWNER TO tz_projector;

GRANT SELECT ON scope_declaration TO tz_app;
