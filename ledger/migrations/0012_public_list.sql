-- Petitions whose reply is public now. No event recorded so far publishes one: nothing is folded
-- anew. The wording stays with the personal values, where it can be erased.
CREATE TABLE public_list (
    petition_id uuid NOT NULL,
    version integer NOT NULL,
    unit text NOT NULL,
    published_at timestamptz NOT NULL,
    CONSTRAINT public_list_pkey PRIMARY KEY (petition_id)
);

CREATE INDEX public_list_published_at_petition_id_idx ON public_list (published_at, petition_id);

ALTER TABLE public_list OWNER TO tz_projector;

GRANT SELECT ON public_list TO tz_app;
