#!/usr/bin/env bash
# The peers that benchmarks/compare.py runs beside us, each in an environment of its own under var/bench/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
peer() {
  local name=$1
  shift
  [ -x "var/bench/$name/bin/python" ] && return
  python3 -m venv "var/bench/$name"
  .venv/bin/uv pip install --quiet --python "var/bench/$name/bin/python" "$@"
}
peer peers icalendar==7.3.0 recurring-ical-events==3.8.2 mergecal==0.5.0 reader==3.26 sgmllib3k
peer web open-web-calendar gunicorn
