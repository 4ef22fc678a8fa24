#!/bin/sh
# Creates the three roles of docs/postgres/roles.sql with their passwords, in both databases. Runs at every start, so that clusters
# from before the roles get them, too.
set -eu
PGPASSWORD="$(cat /run/credentials/postgres)"
PGOPTIONS=--client-min-messages=warning
export PGPASSWORD PGOPTIONS PGHOST=postgres PGUSER=mooncoon
sql() { psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --output=/dev/null "$@"; }

# The program may not create databases.
if ! psql --no-psqlrc --dbname=mooncoon -Atc 'select datname from pg_database' | grep -qx mooncoon_simulated; then
    sql --dbname=mooncoon --command='create database mooncoon_simulated'
fi
for database in mooncoon mooncoon_simulated; do
    sql --dbname="$database" --file=/roles.sql
done
sql --dbname=mooncoon --file=/run/credentials/roles.sql
