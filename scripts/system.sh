#!/usr/bin/env bash
# What the tests need of Debian: chromium without its windows (browser tests), PostgreSQL (the second database), nginx (the trial of production).
#
#   scripts/system.sh            install what is missing; does nothing where all is there
#   scripts/system.sh PACKAGE…   only these
#
# Run as root, or as a user who may `sudo` without a password; else it says what to install and ends with 1.
set -euo pipefail

present() {
  case "$1" in
    chromium-headless-shell) command -v chromium-headless-shell >/dev/null ;;
    postgresql) compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null ;;
    nginx-light) command -v nginx >/dev/null || test -x /usr/sbin/nginx ;;
    *) dpkg -s "$1" >/dev/null 2>&1 ;;
  esac
}

missing=()
for package in "${@:-chromium-headless-shell postgresql nginx-light}"; do
  for name in $package; do
    present "$name" || missing+=("$name")
  done
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" = 0 ]; then
  as_root=()
elif sudo -n true 2>/dev/null; then
  as_root=(sudo -n)
else
  echo "Missing: ${missing[*]}. Install them as root: apt-get install ${missing[*]}" >&2
  exit 1
fi

# Debian's packages start services of their own when they are installed; the tests start theirs, on other ports.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod 755 "$policy"
  trap '"${as_root[@]}" rm -f "$policy"' EXIT
fi

install() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}
# The list of packages may be old or absent: fetched once, and only when needed. Where the browser without windows is not
# packaged, the whole one does the same work, slower.
install "${missing[@]}" 2>/dev/null || { "${as_root[@]}" apt-get update -qq >&2 && install "${missing[@]}"; } ||
  install "${missing[@]/chromium-headless-shell/chromium}"
