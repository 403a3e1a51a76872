#!/usr/bin/env bash
# Runs the bench on a PostgreSQL server of its own: in a temporary folder, heard only on a socket there, with the durability
# that PostgreSQL has by default, and removed at the end. Options are the bench's. Root may not run a server, so for root it
# runs as the user postgres.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$(find /usr/lib/postgresql -maxdepth 1 -mindepth 1 | sort -V | tail -1)/bin
folder=$(mktemp -d)
as=()
if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi
stop() {
    (cd / && "${as[@]}" "$bin/pg_ctl" stop -D "$folder/data" -m immediate -w > /dev/null) || true
    rm -rf "$folder"
}
trap stop EXIT
(
    cd /
    "${as[@]}" "$bin/initdb" -D "$folder/data" -U admin -A trust --locale=C -E UTF8 > /dev/null
    "${as[@]}" "$bin/pg_ctl" start -w -D "$folder/data" -l "$folder/log" -o "-c listen_addresses= -c unix_socket_directories=$folder" > /dev/null
)
dotnet run -c Release --project tools/PledgeRegistry.Bench -- --server "Host=$folder;Username=admin" "$@"
