"""Rollups: made anew from the records, compared with them."""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any

from motcua.site.cli.data import NoSuchAgency
from motcua.site.cli.setup import say, start_django


def _chosen(code: str) -> list[int] | None:
    """The agency of a code; None: all."""
    from motcua.org.models import Agency

    if not code:
        return None
    found = list(Agency.objects.filter(code=code).values_list("pk", flat=True))
    if not found:
        known = Agency.objects.order_by("code").values_list("code", flat=True)[:20]
        raise NoSuchAgency(codes=", ".join(known) or "—")
    return found


def rollup_rebuild(options: argparse.Namespace) -> int:
    """Make the cells anew while the product is in use."""
    start_django()
    from django.utils import timezone

    from motcua.dossiers.rollups.folding import rebuild

    begun = time.perf_counter()

    def tell(done: int, of: int) -> None:
        if done == of or done % 10 == 0:
            say(f"{done} of {of} agencies, {time.perf_counter() - begun:.1f} s")

    made = rebuild(_chosen(options.agency), at=timezone.now(), workers=options.workers, tell=tell)
    say(f"{made} cells, {time.perf_counter() - begun:.1f} s")
    return 0


def rollup_check(options: argparse.Namespace) -> int:
    """Exit 1 and the first cells that differ from the records, or 0."""
    start_django()
    from motcua.dossiers.rollups.checking import check

    begun = time.perf_counter()
    found = check(_chosen(options.agency), workers=options.workers)
    told: dict[str, Any] = {
        "stands": found.stands,
        "agencies": found.agencies,
        "cells": found.cells,
        "waiting": found.waiting,
        "different": len(found.differences),
        "seconds": round(time.perf_counter() - begun, 1),
        "first": [_shown(one) for one in found.differences[: options.most]],
    }
    if options.json:
        json.dump(told, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        for row in told["first"]:
            say(
                f"DIFFERENT {row['agency']} {row['procedure']} {row['month']} {row['counter']}: "
                f"stored {row['stored']}, told {row['told']}"
            )
        if not found.stands:
            say("The cells were made by other rules or another calendar, or never: not read.")
        say(
            f"{found.agencies} agencies, {found.cells} cells, {len(found.differences)} different, "
            f"{found.waiting} wait to be folded, {told['seconds']} s"
        )
    return 1 if found.differences else 0


def _shown(one: Any) -> dict[str, Any]:
    from motcua.org.models import Agency
    from motcua.procedures.models import Procedure

    return {
        "agency": Agency.objects.get(pk=one.agency).code,
        "procedure": Procedure.objects.get(pk=one.procedure).code,
        "month": f"{one.month:%Y-%m}",
        "counter": one.counter,
        "stored": one.stored,
        "told": one.told,
    }
