#!/usr/bin/env bash
# A Spark of one's own: a master and two workers on the loopback of this machine, straight from the `pyspark` package.
#
#   scripts/spark.sh with COMMAND …    run a command with SPARK_MASTER=spark://127.0.0.1:PORT, then stop it, whatever came of it
#
# Needs `pyspark` in .venv (or in the Python that PYTHON names) and Java (scripts/system.sh default-jre-headless).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PYTHON=${PYTHON:-$here/../.venv/bin/python}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

launch() { # LOG CLASS ARGUMENTS…: its own process, stopped by its number
  local log=$1
  shift
  "$SPARK_HOME/bin/spark-class" "$@" >"$log" 2>&1 &
  started+=($!)
}

wait_for() { # WORDS LOG
  for _ in $(seq 1 240); do
    grep -q "$1" "$2" 2>/dev/null && return
    sleep 0.5
  done
  tail -n 20 "$2" >&2
  return 1
}

stop() {
  for process in "${started[@]}"; do
    kill "$process" 2>/dev/null || true
  done
  wait "${started[@]}" 2>/dev/null || true
  rm -rf "$folder"
}

case "${1:-}" in
  with)
    shift
    command -v java >/dev/null || "$here/system.sh" default-jre-headless
    SPARK_HOME=$("$PYTHON" -c 'import pathlib, pyspark; print(pathlib.Path(pyspark.__file__).parent)')
    # Workers and the driver find each other on the loopback, whatever the machine is called; and all use one Python.
    export SPARK_HOME SPARK_LOCAL_IP=127.0.0.1 PYSPARK_PYTHON="$PYTHON"
    # Six Javas that live for a minute: compiling for speed costs them more than it brings.
    export JDK_JAVA_OPTIONS="${JDK_JAVA_OPTIONS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}"
    folder=$(mktemp -d "${TMPDIR:-/tmp}/anahtar-spark-XXXXXX")
    started=()
    trap stop EXIT
    port=$(free_port)
    launch "$folder/master" org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
    wait_for "New state: ALIVE" "$folder/master"
    for worker in 1 2; do
      launch "$folder/worker-$worker" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 --cores 1 --memory 1g \
        --work-dir "$folder/work-$worker" "spark://127.0.0.1:$port"
    done
    for worker in 1 2; do
      wait_for "Successfully registered" "$folder/worker-$worker"
    done
    SPARK_MASTER=spark://127.0.0.1:$port "$@"
    ;;
  *)
    sed -n '2,6p' "$0" >&2
    exit 2
    ;;
esac
