"""Rules and actions are covered to the last branch: exit 1 and the lines that are not."""

import fnmatch
import io
import sys

import coverage

#: What must be complete: the law, the writers, and the pure core.
COMPLETE = (
    "motcua/core/*",
    "motcua/*/rules.py",
    "motcua/*/rules/*",
    "motcua/*/actions.py",
    "motcua/*/actions/*",
    "motcua/*/permissions.py",
)

data = coverage.Coverage()
data.load()
files = [
    path
    for path in data.get_data().measured_files()
    if any(fnmatch.fnmatch(path, f"*/{pattern}") for pattern in COMPLETE)
]
report = io.StringIO()
total = data.report(morfs=files, show_missing=True, skip_covered=True, file=report)
if total < 100:
    sys.stdout.write(report.getvalue())
    sys.stdout.write(f"rules and actions: {total:.2f} %, 100 is asked\n")
    sys.exit(1)
sys.stdout.write(f"rules and actions: 100 % of branches in {len(files)} files\n")
