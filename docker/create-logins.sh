#!/bin/sh
# Run once by the postgres image, as its superuser, when the data folder is new: one login per
# process, each with the password of its connection string. `taizhang migrate` grants them roles.
set -eu

secrets=${SECRETS_DIR:-/run/secrets}

for login in owner api projector; do
    # psql reads the password itself, so that no process list shows it.
    export PASSWORD_COMMAND="sed -E 's|^[a-z]+://[^:]+:([^@]+)@.*|\\1|' '$secrets/${login}_dsn'"
    psql --quiet --set=ON_ERROR_STOP=1 --set=login="taizhang_$login" \
        --username "${POSTGRES_USER:-postgres}" --dbname "$POSTGRES_DB" <<'SQL'
\set password `eval "$PASSWORD_COMMAND"`
CREATE ROLE :"login" LOGIN PASSWORD :'password';
SQL
done
