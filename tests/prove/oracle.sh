#!/bin/sh
# Puts the second engine for repetition, the `ical` package, into var/oracle/ at its exact version and away from our
# own environment. What is already there is left alone.
# Usage: tests/prove/oracle.sh   (exit code 1 when it is missing afterwards)
set -u
root=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
python="$root/.venv/bin/python"
[ -x "$python" ] || python=python3
place="$root/var/oracle/ical-14.3.1"
mkdir -p "$root/var/oracle"
# Two runs at once would take each other's half-made folder for a broken one.
exec 9>"$root/var/oracle/.lock"
command -v flock >/dev/null && flock 9
[ -f "$place/ready" ] && exit 0
rm -rf "$place"
"$python" -m venv "$place" && "$place/bin/python" -m pip install --quiet "ical==14.3.1" tzdata && touch "$place/ready" && exit 0
echo "ical 14.3.1 could not be installed" >&2
rm -rf "$place"
exit 1
