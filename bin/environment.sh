# Sourced by bin/run and bin/test: a virtual environment with the locked dependencies.
# Skipped when it was made from the same lock file; says in one sentence what the machine lacks.

make_environment() {
  lock="$1"
  python="${PYTHON:-}"
  for candidate in $python python3.13 python3.12 python3.11 python3; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { python="$candidate"; break; }
    python=
  done
  [ -n "$python" ] || { echo "Python 3.11 or newer is missing: install it (apt install python3 python3-venv)." >&2; exit 1; }
  "$python" -c 'import venv, ensurepip' 2>/dev/null \
    || { echo "Python's venv package is missing: install it (apt install python3-venv)." >&2; exit 1; }
  stamp="$(cat "$lock" pyproject.toml | "$python" -c 'import hashlib,sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())')"
  # The larger environment of bin/test serves bin/run as well.
  for have in .venv/.stamp .venv/.stamp-dev; do
    [ -f "$have" ] && [ "$(cat "$have")" = "$stamp" ] && return 0
  done
  if [ "$lock" = requirements.txt ] && [ -f .venv/.stamp-dev ]; then
    dev="$(cat requirements-dev.txt pyproject.toml | "$python" -c 'import hashlib,sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())')"
    [ "$(cat .venv/.stamp-dev)" = "$dev" ] && return 0
  fi
  echo "Installing the dependencies into .venv (once)…"
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  rm -f .venv/.stamp .venv/.stamp-dev
  # The lock names every package: nothing is resolved, so that a release of today cannot come in.
  if command -v uv >/dev/null 2>&1; then
    uv pip install --quiet --python .venv/bin/python --require-hashes --no-deps -r "$lock"
  else
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$lock"
  fi || { echo "The dependencies could not be installed: is the package index reachable?" >&2; exit 1; }
  # The program itself is not copied: one line makes the package importable, one file is the command.
  site="$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
  pwd > "$site/motcua.pth"
  printf '#!%s/.venv/bin/python\nimport sys\nfrom motcua.site.cli import main\nsys.exit(main())\n' "$PWD" > .venv/bin/motcua
  chmod +x .venv/bin/motcua
  case "$lock" in *dev*) echo "$stamp" > .venv/.stamp-dev ;; *) echo "$stamp" > .venv/.stamp ;; esac
}
