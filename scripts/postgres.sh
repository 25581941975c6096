#!/usr/bin/env bash
# A PostgreSQL of one's own: on a free port of this machine, in a folder that is deleted again.
#
#   scripts/postgres.sh start [FOLDER]    start it (again) and print the value of ANAHTAR_DATABASE_URL
#   scripts/postgres.sh stop [FOLDER]     stop it and delete the folder
#   scripts/postgres.sh with COMMAND …    run a command with ANAHTAR_DATABASE_URL set, then stop it, whatever came of it
#
# Nothing is loosened for speed (fsync, full_page_writes and synchronous_commit stay on): what holds here holds in use.
# Its text order is ICU's Turkish one, not bytes: a page that leaves its order to the database shows itself here.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
default="${TMPDIR:-/tmp}/anahtar-postgres-$(id -un)"

programs() {
  compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || "$here/system.sh" postgresql
  dirname "$(compgen -G '/usr/lib/postgresql/*/bin/postgres' | sort -V | tail -n 1)"
}

# PostgreSQL refuses to run as root.
as_server() {
  if [ "$(id -u)" != 0 ]; then
    "$@"
  else
    (cd / && runuser -u "$(getent passwd postgres >/dev/null && echo postgres || echo nobody)" -- "$@")
  fi
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start() {
  local folder=$1 bin password
  bin=$(programs)
  if [ -s "$folder/url" ] && as_server "$bin/pg_ctl" -D "$folder/data" status >/dev/null 2>&1; then
    cat "$folder/url"
    return
  fi
  if [ ! -s "$folder/url" ]; then
    mkdir -p "$folder"
    if [ "$(id -u)" = 0 ]; then
      chown "$(as_server id -u)" "$folder"
    fi
    chmod 755 "$folder"
    password=$(python3 -c 'import secrets; print(secrets.token_hex(16))')
    as_server sh -c 'umask 077; cat > "$1"' - "$folder/password" <<<"$password"
    as_server "$bin/initdb" -D "$folder/data" -U anahtar --auth=scram-sha-256 --pwfile="$folder/password" \
      --encoding=UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=tr >"$folder.log" 2>&1 ||
      { cat "$folder.log" >&2; return 1; }
    rm -f "$folder.log"
    as_server sh -c 'umask 077; cat > "$1"' - "$folder/url" \
      <<<"postgresql://anahtar:$password@127.0.0.1:$(free_port)/postgres"
  fi
  local port
  port=$(sed -E 's#.*:([0-9]+)/.*#\1#' "$folder/url")
  as_server "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 60 -s start \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200" >&2 ||
    { tail -n 20 "$folder/log" >&2; return 1; }
  cat "$folder/url"
}

stop() {
  local folder=$1
  if [ ! -s "$folder/url" ]; then
    return
  fi
  as_server "$(programs)/pg_ctl" -D "$folder/data" -m immediate -s stop || true
  rm -rf "$folder"
}

case "${1:-}" in
  start) start "${2:-$default}" ;;
  stop) stop "${2:-$default}" ;;
  with)
    shift
    folder=$(mktemp -d "${TMPDIR:-/tmp}/anahtar-postgres-XXXXXX")
    trap 'stop "$folder"' EXIT
    ANAHTAR_DATABASE_URL=$(start "$folder")
    export ANAHTAR_DATABASE_URL
    "$@"
    ;;
  *)
    sed -n '2,9p' "$0" >&2
    exit 2
    ;;
esac
