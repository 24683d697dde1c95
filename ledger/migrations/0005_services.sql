-- Policies as people find them: published ones only, with what became of them.
CREATE TABLE policy (
    policy_id uuid NOT NULL,
    number text NOT NULL,
    title text NOT NULL,
    unit text NOT NULL,
    sha256 text NOT NULL,
    industries text[] NOT NULL,
    petition_types text[] NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    published_at timestamptz NOT NULL,
    explained_at timestamptz,
    withdrawn_at timestamptz,
    CONSTRAINT policy_pkey PRIMARY KEY (policy_id)
);

-- Who wants to be told of policies; addresses stay with the personal values of the log.
CREATE TABLE subscription (
    subscription_id uuid NOT NULL,
    subscriber text NOT NULL,
    industries text[] NOT NULL,
    petition_types text[] NOT NULL,
    channels text[] NOT NULL,
    subscribed_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT subscription_pkey PRIMARY KEY (subscription_id)
);

CREATE INDEX subscription_subscriber_idx ON subscription (subscriber);

-- What was pushed to a subscriber's workspace, each policy once.
CREATE TABLE policy_inbox (
    subscriber text NOT NULL,
    policy_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    pushed_at timestamptz NOT NULL,
    CONSTRAINT policy_inbox_pkey PRIMARY KEY (subscriber, policy_id)
);

CREATE INDEX policy_inbox_subscriber_pushed_at_policy_id_idx
ON policy_inbox (subscriber, pushed_at, policy_id);

-- Messages that follow from the log, for another process to send; the id never changes.
CREATE TABLE outbox (
    message_id uuid NOT NULL,
    channel text NOT NULL,
    subscriber text NOT NULL,
    address_stream uuid NOT NULL,
    address_version integer NOT NULL,
    address_path text NOT NULL,
    topic text NOT NULL,
    originator_id uuid NOT NULL,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT outbox_pkey PRIMARY KEY (message_id)
);

CREATE INDEX outbox_created_at_message_id_idx ON outbox (created_at, message_id);

-- What became of messages. No read model: it does not follow from the log, and a rebuild of
-- the outbox must not send anything twice.
CREATE TABLE delivery (
    message_id uuid NOT NULL,
    attempts integer NOT NULL,
    attempted_at timestamptz NOT NULL,
    retry_at timestamptz,
    delivered_at timestamptz,
    failure text,
    CONSTRAINT delivery_pkey PRIMARY KEY (message_id),
    CONSTRAINT delivery_attempts_check CHECK (attempts >= 1),
    CONSTRAINT delivery_delivered_at_check CHECK (delivered_at IS NULL OR retry_at IS NULL)
);

-- How often something was done on a local day.
CREATE TABLE activity_count (
    topic text NOT NULL,
    key text NOT NULL,
    day date NOT NULL,
    items integer NOT NULL,
    unit_times integer NOT NULL,
    person_times integer NOT NULL,
    amount_fen bigint NOT NULL,
    CONSTRAINT activity_count_pkey PRIMARY KEY (topic, key, day)
);

-- The same by enterprise, so that enterprises can be counted once over any period.
CREATE TABLE activity_enterprise (
    topic text NOT NULL,
    enterprise text NOT NULL,
    day date NOT NULL,
    items integer NOT NULL,
    amount_fen bigint NOT NULL,
    CONSTRAINT activity_enterprise_pkey PRIMARY KEY (topic, enterprise, day)
);

CREATE INDEX activity_enterprise_enterprise_idx ON activity_enterprise (enterprise);

ALTER TABLE policy OWNER TO tz_projector;
ALTER TABLE subscription OWNER TO tz_projector;
ALTER TABLE policy_inbox OWNER TO tz_projector;
ALTER TABLE outbox OWNER TO tz_projector;
ALTER TABLE activity_count OWNER TO tz_projector;
ALTER TABLE activity_enterprise OWNER TO tz_projector;

GRANT SELECT ON
    policy,
    subscription,
    policy_inbox,
    outbox,
    activity_count,
    activity_enterprise
TO tz_app;

-- The sender notes its attempts and may never forget one.
GRANT SELECT, INSERT, UPDATE ON delivery TO tz_app;
