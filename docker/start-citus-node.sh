#!/bin/sh
# Start a node of the cluster as the postgres image does, with the passwords of its peers in a
# file that libpq accepts: of the server's account, and closed to others.
set -eu

install -o postgres -g postgres -m 600 /run/secrets/citus_passfile "$PGPASSFILE"
exec docker-entrypoint.sh "$@"
