#!/usr/bin/env bash
# The one door for people and for continuous integration; `./run.sh help` lists what it does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

usage() {
  cat <<'TEXT'
./run.sh                 set up what is missing, refresh all sources, serve the calendar
./run.sh test            the quick checks (a minute or two): style, types, layers, tests, browser
./run.sh prove [NAME…]   the long checks: hostile corpus gold clients faults commands browser properties (all without a name)
./run.sh bench [quick]   ours beside its peers, in processor seconds (docs/performance.md; quick: some minutes);
                         bench S|M|L, bench serving S|M|L for one full table,
                         bench round S|M|L for rounds that bring little new
./run.sh setup           only set up the Python environment in .venv/
./run.sh screenshots     take the README's pictures anew (needs Chromium)
./run.sh lock            write requirements.txt anew from pyproject.toml
./run.sh help            this text
./run.sh COMMAND …       anything else goes to `python -m aggregator COMMAND …`

What a check needs and this machine lacks (PostgreSQL, Chromium, node) is skipped with its reason;
with REQUIRE_ALL=1 every such skip is a failure.
TEXT
}

# A Python that is new enough, preferring the one the user calls python3.
find_python() {
  local candidate
  for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$candidate"
      return
    fi
  done
  stop "Bündel needs Python 3.11 or newer; this machine has $(python3 --version 2>/dev/null || echo none). Please install it and start again."
}

# The environment is made once; afterwards it changes only when a requirements file does.
setup() {
  local python wanted
  wanted=$(cat requirements.txt requirements-installer.txt | cksum)
  if [ -x .venv/bin/python ] && [ "$(cat .venv/installed 2>/dev/null)" = "$wanted" ]; then return; fi
  python=$(find_python)
  say "Setting up .venv/ (once, about half a minute) …"
  [ -x .venv/bin/python ] || "$python" -m venv .venv >/dev/null 2>&1 || {
    rm -rf .venv
    stop "Python's venv module is missing. On Debian and Ubuntu: sudo apt install python3-venv"
  }
  # uv is three times faster than pip; where it has no build for this machine, pip does the same work.
  if .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-installer.txt 2>/dev/null; then
    .venv/bin/uv pip install --quiet --python .venv/bin/python --compile-bytecode --require-hashes -r requirements.txt
  else
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
  fi
  printf '%s' "$wanted" >.venv/installed
}

quick_checks() {
  local processes
  # One more than there are processors: a test that waits for PostgreSQL or Chromium leaves its own idle.
  processes=$(.venv/bin/python -c 'import os; print(min((os.cpu_count() or 1) + 1, 8))')
  say "· style"
  .venv/bin/ruff check --quiet .
  .venv/bin/ruff format --check --quiet .
  say "· types"
  .venv/bin/mypy
  say "· layers"
  .venv/bin/lint-imports --no-cache | tail -n 3
  say "· tests"
  .venv/bin/python -m pytest -n "$processes" --dist worksteal -m "not prove" -rs "$@"
}

long_checks() {
  local name files=()
  [ $# -gt 0 ] || set -- hostile corpus gold clients faults commands browser properties
  for name in "$@"; do
    case $name in
      # The quick checks open every page once and try every command; accessibility, embeds and dialogues take longer.
      browser) files+=(tests/browser); continue ;;
      commands) files+=(tests/cli); continue ;;
      # Every property that the quick checks try with a few examples, with many.
      properties) PROPERTIES=thorough .venv/bin/python -m pytest -n 2 --dist worksteal -m hypothesis tests; continue ;;
    esac
    compgen -G "tests/prove/test_${name}*.py" >/dev/null || stop "There is no long check called $name. ./run.sh help lists them."
    files+=(tests/prove/test_"$name"*.py)
    # What a check compares us with lives in var/, in environments of its own.
    if [ -x "tests/prove/$name.sh" ]; then "tests/prove/$name.sh" || say "tests/prove/$name.sh failed: its checks will be skipped."; fi
  done
  [ ${#files[@]} -gt 0 ] || return 0
  # In this order, each of two processes one file after the other: the longest come first. Nothing here compares
  # wall clocks, so sharing the machine fails no check; what the checks print comes at the end.
  .venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m prove -rs "${files[@]}"
}

case "${1:-start}" in
  start)
    setup
    # A source that fails is told and retried later; the calendar is served all the same.
    .venv/bin/python -m aggregator refresh || [ $? -eq 1 ]
    exec .venv/bin/python -m aggregator serve
    ;;
  setup) setup ;;
  test) setup; shift; quick_checks "$@" ;;
  prove) setup; shift; long_checks "$@" ;;
  bench)
    setup; shift
    case ${1:-quick} in
      serving) shift; exec .venv/bin/python -m benchmarks.serving "$@" ;;
      quick) .venv/bin/python -m benchmarks.compare quick; exec .venv/bin/python -m benchmarks.serving S 3 ;;
      *) exec .venv/bin/python -m benchmarks.compare "$@" ;;
    esac
    ;;
  screenshots) setup; exec .venv/bin/python docs/screenshots.py ;;
  lock)
    setup
    .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --all-extras pyproject.toml -o requirements.txt
    # What the container needs: the same without the tools of the tests.
    .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra postgres -c requirements.txt pyproject.toml -o requirements-server.txt
    echo "uv==0.13.9" | .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header - -o requirements-installer.txt
    ;;
  help | -h | --help) usage ;;
  *) setup; exec .venv/bin/python -m aggregator "$@" ;;
esac
