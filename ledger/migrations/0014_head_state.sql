-- Whether a ledger takes appends. Only the owner moves a ledger, so the program may read this alone.
ALTER TABLE head
    ADD COLUMN state text NOT NULL DEFAULT 'open',
    ADD COLUMN elsewhere text,
    ADD CONSTRAINT head_state_check CHECK (state IN ('open', 'moving', 'moved', 'arriving')),
    ADD CONSTRAINT head_elsewhere_check CHECK ((state = 'open') = (elsewhere IS NULL));
