#!/bin/sh
# Passwords for the services of docker-compose.yml. The superuser's is POSTGRES_PASSWORD when that is set, else the one of the last start, else
# a new random one; those of the three roles are always ours. Nothing in the repository or in an image knows them, and no service has one in its
# environment.
#
# Each reader gets a file that it alone may read. Root keeps copies, because without DAC_OVERRIDE not even root reads the others again.
set -eu
umask 077
cd /run/credentials

# keep FILE OWNER: standard input becomes a file that only OWNER reads, and replaces an older one as a whole.
keep() {
    cat > "$1.new"
    chmod 0400 "$1.new"
    chown "$2" "$1.new"
    mv -f "$1.new" "$1"
}
# known ROLE: the password of the last start, or a new one. Hexadecimal digits mean themselves in a URL, a password file, SQL and a shell.
known() {
    [ -s "root.$1" ] || head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' | keep "root.$1" 0:0
    cat "root.$1"
}

chmod 0755 .
if [ -n "${POSTGRES_PASSWORD:-}" ]; then
    printf '%s' "$POSTGRES_PASSWORD" | keep root.superuser 0:0
fi
known superuser | keep postgres 999:999
for role in owner ingest web; do
    # host:port:database:user:password, the form that libpq reads.
    echo "*:*:*:mooncoon_$role:$(known $role)"
done | keep mooncoon 10001:10001
for role in owner ingest web; do
    echo "alter role mooncoon_$role password '$(known $role)';"
done | keep roles.sql 999:999
