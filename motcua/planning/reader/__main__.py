"""The child process of ``sandbox``: ``python -m motcua.planning.reader SECONDS MEGABYTES -- NAME``.

Reads the file from standard input, writes one JSON object to standard output.
"""

from __future__ import annotations

import dataclasses
import json
import resource
import sys
from typing import Any


def main() -> None:
    """Set the limits, then read; a refusal is an answer like any other."""
    seconds, megabytes = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    answer = json.dumps(_read(sys.argv[4]), ensure_ascii=False)
    sys.stdout.buffer.write(answer.encode())


def _read(name: str) -> dict[str, Any]:
    # Imported under the limits, so that they hold for the libraries as well.
    from motcua.planning.reader.read import read_plan
    from motcua.planning.reader.refusals import ReaderRefused
    from motcua.planning.reader.sandbox import sandboxed

    try:
        return dataclasses.asdict(sandboxed(read_plan(sys.stdin.buffer.read(), name)))
    except ReaderRefused as refusal:
        return {"refused": type(refusal).__name__, "params": refusal.params}
    except (MemoryError, OSError, ImportError):  # at the limit even an import may fail
        return {"refused": "TookTooLong", "params": {}}


if __name__ == "__main__":
    main()
