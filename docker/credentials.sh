#!/bin/sh
# Passwords for the services of docker-compose.yml. The superuser's is POSTGRES_PASSWORD if that is set, else the one of the last start,
# else a new random one; those of the three roles are always generated here. They are neither in the repository nor in an image, and no
# service has one in its environment.
#
# Each service gets a file that only it may read. Root keeps copies, because without DAC_OVERRIDE even root cannot read those files again.
set -eu
umask 077
cd /run/credentials

# keep FILE OWNER: writes standard input to a file that only OWNER can read; replaces an older file atomically.
keep() {
    cat > "$1.new"
    chmod 0400 "$1.new"
    chown "$2" "$1.new"
    mv -f "$1.new" "$1"
}
# known ROLE: the password of the last start, or a new one. Hexadecimal digits need no quoting in a URL, a password file, SQL and a shell.
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
    # host:port:database:user:password, the format of libpq's password file.
    echo "*:*:*:mooncoon_$role:$(known $role)"
done | keep mooncoon 10001:10001
for role in owner ingest web; do
    echo "alter role mooncoon_$role password '$(known $role)';"
done | keep roles.sql 999:999
