#!/bin/sh
# Run once on the coordinator, as its superuser, when the data folder is new. The ledger's roles
# are logins themselves here: a coordinator connects to a worker as the role that asks, and one
# that only lends its rights could not log in there. Joining a worker takes the roles to it.
set -eu

secrets=${SECRETS_DIR:-/run/secrets}

for login in owner api projector; do
    role=tz_$login
    [ "$login" = api ] && role=tz_app
    # psql reads the password itself, so that no process list shows it.
    export PASSWORD_COMMAND="sed -E 's|^[a-z]+://[^:]+:([^@]+)@.*|\\1|' '$secrets/${login}_dsn'"
    psql --quiet --set=ON_ERROR_STOP=1 --set=login="$role" \
        --username "${POSTGRES_USER:-postgres}" --dbname "$POSTGRES_DB" <<'SQL'
\set password `eval "$PASSWORD_COMMAND"`
CREATE ROLE :"login" LOGIN PASSWORD :'password';
SQL
done
