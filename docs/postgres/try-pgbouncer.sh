#!/bin/sh
# Proves what docs/postgres.md says of PgBouncer, with the pgbouncer and the Postgres of this machine, in a temporary folder, and installs nothing:
#
#     docs/postgres/try-pgbouncer.sh target/debug/mooncoon
#
# As root, Postgres and PgBouncer run as the user postgres.
set -eu

program=$(realpath "${1:?the path of the mooncoon binary}")
pgbouncer=$(PATH="$PATH:/usr/sbin" command -v pgbouncer) || { echo "there is no pgbouncer on this machine" >&2; exit 1; }
bin=$(dirname "$(realpath "$(ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null | sort -V | tail -1 || command -v postgres)")")
folder=$(mktemp -d /tmp/mooncoon-pgbouncer-XXXXXX)
chmod 755 "$folder"
as() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    as() { setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }
fi
port=${PORT:-56432}
session=$((port + 1))
transaction=$((port + 2))

stop() {
    for name in session transaction; do
        [ -f "$folder/$name.pid" ] && kill "$(cat "$folder/$name.pid")" 2>/dev/null || true
    done
    as "$bin/pg_ctl" --pgdata="$folder/data" --mode=immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT

cd "$folder"
as "$bin/initdb" --pgdata="$folder/data" --username=admin --auth=trust --locale=C --encoding=UTF8 --no-sync >/dev/null
as "$bin/pg_ctl" --pgdata="$folder/data" --wait --log="$folder/log" \
    --options="-c port=$port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=off" start >/dev/null
sql() { as "$bin/psql" --host="$folder" --port="$port" --username=admin --dbname="$1" --quiet --no-psqlrc --tuples-only --no-align --command="$2"; }
sql postgres "create role luna login createdb password 'canary'"
sql postgres "create database moon_simulated owner luna"

echo '"luna" "canary"' >"$folder/users"
for mode in session transaction; do
    eval "listen=\$$mode"
    cat >"$folder/$mode.ini" <<INI
[databases]
* = host=127.0.0.1 port=$port
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $listen
unix_socket_dir =
auth_type = plain
auth_file = $folder/users
pool_mode = $mode
default_pool_size = 20
logfile = $folder/$mode.log
pidfile = $folder/$mode.pid
INI
    as "$pgbouncer" --quiet --daemon "$folder/$mode.ini"
done

mooncoon() {
    mode_port=$1
    shift
    env -i PATH="$PATH" HOME="$folder" MOONCOON_DATA_DIR="$folder/mooncoon" MOONCOON_SOURCE=simulated RUST_LOG=warn \
        DATABASE_URL="postgres://luna:canary@127.0.0.1:$mode_port/moon_simulated" timeout 120 "$program" "$@"
}

echo "== session mode: migrate, two runs of the job, check"
"$pgbouncer" --version | head -1
mooncoon "$session" migrate
mooncoon "$session" ingest --once --upcoming 40 --past 20
mooncoon "$session" ingest --once --upcoming 40 --past 20
sql moon_simulated "select 'migrations: ' || count(*) from _sqlx_migrations"
sql moon_simulated "select 'published runs: ' || count(*) from ingest_run where state = 'succeeded'"
[ "$(sql moon_simulated "select count(*) from ingest_run where state = 'succeeded'")" = 2 ]
mooncoon "$session" check

echo "== transaction mode: refused, and why"
if mooncoon "$transaction" migrate 2>"$folder/said"; then
    echo "it was not refused" >&2
    exit 1
fi
cat "$folder/said"
grep -q "set pool_mode to session" "$folder/said"
if grep -q canary "$folder/said"; then
    echo "the password was said" >&2
    exit 1
fi
echo "== as documented"
