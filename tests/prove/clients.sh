#!/bin/sh
# Puts the calendar clients and the tester of interfaces that the proof drives into var/clients/, each at its exact
# version and away from our own environment. What is already there is left alone; what cannot be had is said, and the
# rest goes on.  Usage: tests/prove/clients.sh   (exit code 1 when one is missing afterwards)
set -u
root=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
clients="$root/var/clients"
python="$root/.venv/bin/python"
[ -x "$python" ] || python=python3
missing=0

# The folder carries the version, so that another version here means another folder.
python_client() {
    place="$clients/$1-$2"
    [ -x "$place/bin/$1" ] && return 0
    rm -rf "$place"
    "$python" -m venv "$place" && "$place/bin/python" -m pip install --quiet "$1==$2" && return 0
    rm -rf "$place"
    return 1
}

node_client() {
    place="$clients/$1-$2"
    [ -f "$place/node_modules/$1/package.json" ] && return 0
    mkdir -p "$place"
    # No package-lock file: it would name the host that the package came from.
    npm install --silent --no-package-lock --no-save --prefix "$place" "$1@$2" && return 0
    rm -rf "$place"
    return 1
}

mkdir -p "$clients"
# Two runs at once would take each other's half-made folders for broken ones.
exec 9>"$clients/.lock"
command -v flock >/dev/null && flock 9
python_client khal 0.14.1 || { echo "khal 0.14.1 could not be installed" >&2; missing=1; }
python_client vdirsyncer 0.21.0 || { echo "vdirsyncer 0.21.0 could not be installed" >&2; missing=1; }
python_client schemathesis 4.32.5 || { echo "schemathesis 4.32.5 could not be installed" >&2; missing=1; }
if command -v npm >/dev/null; then
    node_client ical.js 2.2.1 || { echo "ical.js 2.2.1 could not be installed" >&2; missing=1; }
else
    echo "ical.js needs node and npm, which are not on this machine" >&2
    missing=1
fi
exit $missing
