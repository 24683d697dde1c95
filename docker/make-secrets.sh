#!/bin/sh
# Write a password and four connection strings into ./secrets, once; nothing is ever overwritten.
# The folder is closed to others. The files are readable by all, since the containers run as
# users of their own and Compose mounts the files with the rights they have here.
set -eu
cd "$(dirname "$0")/.."

host=${1:-postgres}
folder=${2:-secrets}

mkdir -p "$folder"
chmod 700 "$folder"

make_password() {
    od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

write_once() {
    [ -e "$folder/$1" ] || printf '%s' "$2" >"$folder/$1"
    chmod 444 "$folder/$1"
}

write_once postgres_password "$(make_password)"
write_once admin_dsn "postgresql://postgres:$(cat "$folder/postgres_password")@$host:5432/taizhang"
for login in owner api projector; do
    write_once "${login}_dsn" "postgresql://taizhang_$login:$(make_password)@$host:5432/taizhang"
done
