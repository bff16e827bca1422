"""Appends and verified rows per second of the hash chain: ``python -m bench.chain``.

Uses a throw-away database (SQLite in a temporary MOTCUA_HOME, or DATABASE_URL when it is set).
Each append is its own durable transaction, as an action is.
"""

import json
import os
import tempfile
import time

os.environ.setdefault("MOTCUA_HOME", tempfile.mkdtemp())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")

from motcua.site.cli.setup import init


def main(appends: int = 2000) -> None:
    """Print JSON: appends to one chain and over fifty, then the rows that verify reads."""
    init()
    from django.db import connection, transaction
    from django.utils import timezone

    from motcua.audit.actions import record
    from motcua.audit.queries import verify
    from motcua.audit.rules import SYSTEM
    from motcua.org.models import Role

    role = Role.objects.first()
    figures: dict[str, object] = {"engine": connection.vendor}
    for name, chains in (("one_agency", 1), ("fifty_agencies", 50)):
        start = time.perf_counter()
        for number in range(appends):
            with transaction.atomic():
                record(
                    chain=f"{name}-{number % chains}",
                    action="bench.append",
                    obj=role,
                    by=SYSTEM,
                    at=timezone.now(),
                    data={"n": number, "text": "Đã hoàn thành báo cáo rà soát văn bản"},
                )
        figures[f"appends_per_second_{name}"] = round(appends / (time.perf_counter() - start))
    start = time.perf_counter()
    verdict = verify()
    figures["verified_rows_per_second"] = round(verdict.entries / (time.perf_counter() - start))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
