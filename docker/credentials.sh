#!/bin/sh
# The password of the database, for the services of docker-compose.yml: POSTGRES_PASSWORD when it is set, else the one of the last
# start, else a new random one. Nothing in the repository or in an image knows it, and no service has it in its environment.
#
# Each reader gets a file that it alone may read. Root keeps a copy, because without DAC_OVERRIDE not even root reads the others again.
set -eu
umask 077
folder=/run/credentials

if [ -n "${POSTGRES_PASSWORD:-}" ]; then
    password="$POSTGRES_PASSWORD"
elif [ -s "$folder/password" ]; then
    password="$(cat "$folder/password")"
else
    # Hexadecimal digits mean themselves in a URL, a password file and a shell.
    password="$(head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n')"
fi
case "$password" in
*"
"*) echo "POSTGRES_PASSWORD has a line break in it: a password file cannot hold that" >&2; exit 1 ;;
esac

# Usage: keep FILE OWNER; the content is read from standard input, and replaces a file as a whole.
keep() {
    cat > "$folder/$1.new"
    chmod 0400 "$folder/$1.new"
    chown "$2" "$folder/$1.new"
    mv -f "$folder/$1.new" "$folder/$1"
}
chmod 0755 "$folder"
printf '%s\n' "$password" | keep password 0:0
printf '%s\n' "$password" | keep postgres 999:999
# host:port:database:role:password, where colons and backslashes of the password are escaped.
printf '*:*:*:mooncoon:%s\n' "$(printf '%s' "$password" | sed 's/[\\:]/\\&/g')" | keep mooncoon 10001:10001
