#!/bin/sh
# Make the first host the coordinator of the others; run again, it adds nothing.
set -eu

coordinator=$1
shift

# libpq takes a password file only if nobody else may read it.
umask 077
cp "${SECRETS_DIR:-/run/secrets}/citus_passfile" /tmp/citus_passfile
export PGPASSFILE=/tmp/citus_passfile

ask() {
    psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --set=host="$1" \
        --host="$coordinator" --port="${PGPORT:-5432}" --username=postgres --dbname=taizhang
}

echo "SELECT citus_set_coordinator_host(:'host', 5432);" | ask "$coordinator"
for worker in "$@"; do
    echo "SELECT citus_add_node(:'host', 5432);" | ask "$worker"
done
