#!/usr/bin/env bash
# What of the official image's entry point the compose file relies on: a cluster on the first start, made with POSTGRES_USER, POSTGRES_DB and
# POSTGRES_PASSWORD_FILE, reached over the network with a password only; scripts of /docker-entrypoint-initdb.d; then the server as process 1.
set -euo pipefail
[ "${1:-postgres}" = postgres ] || exec "$@"
if [ "$(id -u)" = 0 ]; then
    chown -R postgres "$PGDATA" /var/run/postgresql
    exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
chmod 700 "$PGDATA" || :
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    password="${POSTGRES_PASSWORD:-$(cat "${POSTGRES_PASSWORD_FILE:?POSTGRES_PASSWORD is needed}")}"
    initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$password")
    printf 'host all all all scram-sha-256\n' >> "$PGDATA/pg_hba.conf"
    pg_ctl --wait -o "-c listen_addresses=''" start
    psql() { command psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --no-password --no-psqlrc "$@"; }
    [ "${POSTGRES_DB:=$POSTGRES_USER}" = postgres ] || psql --dbname postgres --command "create database \"$POSTGRES_DB\""
    for script in /docker-entrypoint-initdb.d/*.sql; do
        [ ! -e "$script" ] || psql --dbname "$POSTGRES_DB" --file "$script"
    done
    pg_ctl --wait --mode=fast stop
fi
exec postgres -c "listen_addresses=*" "${@:2}"
