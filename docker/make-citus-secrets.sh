#!/bin/sh
# Write the passwords and connection strings of the cluster into ./secrets-citus, once; nothing is
# ever overwritten. Rights are those of docker/make-secrets.sh, for the reasons given there.
set -eu
cd "$(dirname "$0")/.."

host=${1:-coordinator}
folder=${2:-secrets-citus}

mkdir -p "$folder"
chmod 700 "$folder"

make_password() {
    od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

write_once() {
    [ -e "$folder/$1" ] || printf '%s' "$2" >"$folder/$1"
    chmod 444 "$folder/$1"
}

password_of() {
    sed -E 's|^[a-z]+://[^:]+:([^@]+)@.*|\1|' "$folder/$1_dsn"
}

write_once postgres_password "$(make_password)"
write_once admin_dsn "postgresql://postgres:$(cat "$folder/postgres_password")@$host:5432/taizhang"
write_once owner_dsn "postgresql://tz_owner:$(make_password)@$host:5432/taizhang"
write_once api_dsn "postgresql://tz_app:$(make_password)@$host:5432/taizhang"
write_once projector_dsn "postgresql://tz_projector:$(make_password)@$host:5432/taizhang"
write_once citus_passfile "*:5432:taizhang:postgres:$(cat "$folder/postgres_password")
*:5432:taizhang:tz_owner:$(password_of owner)
*:5432:taizhang:tz_app:$(password_of api)
*:5432:taizhang:tz_projector:$(password_of projector)
"
