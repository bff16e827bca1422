"""How far forecasts lay from what came: ``python -m bench.backtest [--json] [--seeds 11 12]``.

Makes an installation in a directory of its own and, for each seed and each way in which lateness
may run, a commune with two simulated years. At the end of each month from January to November of
the second year it forecasts that year's end, reading the records as of that day, and compares with
what the year became: the mean absolute error (percentage points) of the forecast, of the guess
that the value of the day stays, and of the guess that last year's comes again; and how often the
end lay within the interval. ``--write`` keeps the figures where the product shows them.

The constants of ``rules/forecast/pace.py`` were chosen on seeds 1 and 2; the figures that are kept
come from other seeds.
"""

import argparse
import copy
import json
import logging
import os
import statistics
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("MOTCUA_HOME", tempfile.mkdtemp())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
os.environ["MOTCUA_DEMO"], os.environ["MOTCUA_TODAY"] = "1", "2024-09-30"

from motcua.site.cli.setup import init  # after the environment is set

YEAR = 2025
YEARLY = 1_650
SEEDS = (11, 12)
INDICATORS = ("on_time", "index_on_time")
KEPT = Path(__file__).resolve().parent.parent / "motcua" / "packs" / "indicators" / "backtest.json"
#: How many of a hundred are late, by the months since the first year began (0 to 24).
WAYS = {
    "steady, few late": lambda _month: 1.5,
    "steady, many late": lambda _month: 6,
    "getting worse": lambda month: 1 + month / 4,
    "getting better": lambda month: 7 - month / 4,
    "a bad summer": lambda month: 9 if 17 <= month < 20 else 1.5,
    "somebody left in September": lambda month: 2 if month < 20 else 8,
    "last year was worse": lambda month: 8 if month < 12 else 2,
}


def main() -> None:
    """Simulate, forecast, compare; print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--write", action="store_true", help="keep them for the product")
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    parser.add_argument("--yearly", type=int, default=YEARLY, help="dossiers a year (%(default)s)")
    options = parser.parse_args()
    init()
    logging.disable(logging.INFO)
    agencies = simulated(options.seeds, options.yearly)
    cases = [
        case | {"way": way}
        for (way, _seed), agency in agencies.items()
        for code in INDICATORS
        for case in compared(agency, code)
    ]
    figures = {
        "year": YEAR,
        "yearly": options.yearly,
        "seeds": options.seeds,
        "ways": list(WAYS),
        "forecasts": len(cases),
        "indicators": {
            code: summed([case for case in cases if case["code"] == code]) for code in INDICATORS
        },
    }
    if options.write:
        KEPT.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    if options.json:
        print(json.dumps(figures, indent=1, ensure_ascii=False))
    else:
        print_table(figures)


# --- two years ------------------------------------------------------------------------------------


def simulated(seeds: list[int], yearly: int) -> dict:
    """A commune for each way and seed."""
    from datetime import date

    from motcua.org.models import Account, Agency, Person, Placement, Post
    from motcua.site.demo import load_demo
    from motcua.site.demo.grow import SINCE

    if not Account.objects.exists():
        load_demo(today=date(2024, 9, 30))
    people = {
        person.account.username: person
        for person in Person.objects.filter(account__isnull=False).select_related("account")
    }
    found = {}
    for way, late in WAYS.items():
        for seed in seeds:
            code = f"T{list(WAYS).index(way)}-{seed}"
            agency = Agency.objects.filter(code=code).first()
            if agency is None:
                agency = Agency.objects.create(
                    code=code, name=f"UBND xã {code}", kind="commune", valid_from=SINCE
                )
                Placement.objects.create(agency=agency, path=f"38/399/{code}/", valid_from=SINCE)
                Post.objects.bulk_create(
                    Post(agency=agency, code=post.code, name=post.name, valid_from=SINCE)
                    for post in Post.objects.filter(agency__code="15997")
                )
                play(agency, people, late, seed, 2 * yearly)
            found[way, seed] = agency
    return found


def play(agency, people, late, seed: int, count: int) -> None:
    """Two years at a desk whose lateness runs its way."""
    from datetime import date, datetime

    from django.conf import settings

    from motcua.dossiers.simulate import Tales, play_desk
    from motcua.org.actions import read_pack
    from motcua.site.demo.desk import ZONE, cast_of

    class Bent(Tales):
        def _lateness(self, due: datetime) -> str:
            month = 12 * (due.year - YEAR + 1) + due.month - 1
            self.script["luck"]["late"] = late(month)
            return "late"

    script = read_pack(settings.PACKS / "demo" / "dossiers.yaml")
    tales = Bent(
        like=agency,
        cast=cast_of(people),
        script=copy.deepcopy(script),
        first=date(YEAR - 1, 1, 2),
        until=datetime(YEAR + 1, 1, 20, 7, 30, tzinfo=ZONE),
        seed=seed,
    )
    play_desk(agency=agency, tales=tales, count=count)


# --- forecasts ------------------------------------------------------------------------------------


def compared(agency, code: str) -> list[dict]:
    """Each month's forecast beside the guesses and the truth."""
    from datetime import date

    from motcua.core.measures import Scope
    from motcua.core.periods import Period
    from motcua.indicators.packs import indicators
    from motcua.indicators.queries.forecast import outcome_of
    from motcua.indicators.queries.values import read

    indicator, year = indicators()[code], Period.parse(str(YEAR))
    before = year.last_year()
    (then, truth) = (
        read([(indicator.on(one.end), Scope((agency.pk,), one.start, one.end, one.end))])[0].value
        for one in (before, year)
    )
    found = []
    for month in range(1, 12):
        on = Period.parse(f"{YEAR}-{month:02}").end
        scope = Scope((agency.pk,), date(YEAR, 1, 1), year.end, on)
        outcome = outcome_of(indicator, year, scope)
        end, now = outcome.forecast.end, outcome.reading.value
        found.append(
            {
                "code": code,
                "month": month,
                "truth": float(truth.amount),
                "forecast": float(end.value),
                "stays": float(now.amount),
                "again": float(then.amount),
                "low": float(end.low),
                "high": float(end.high),
                "within": end.low <= truth.amount <= end.high,
            }
        )
    return found


def summed(cases: list[dict]) -> dict:
    """Errors and coverage: of all, by way, by quarter of the year."""
    parts = {"all": cases}
    parts |= {way: [one for one in cases if one["way"] == way] for way in WAYS}
    parts |= {f"Q{n + 1}": [one for one in cases if (one["month"] - 1) // 3 == n] for n in range(4)}
    return {name: errors(part) for name, part in parts.items() if part}


def errors(cases: list[dict]) -> dict:
    """Mean absolute errors in percentage points; per cent within the interval, and its width."""

    def off(guess: str) -> float:
        return round(statistics.fmean(abs(one[guess] - one["truth"]) for one in cases), 2)

    return {
        "forecasts": len(cases),
        "error": off("forecast"),
        "stays": off("stays"),
        "again": off("again"),
        "within": round(100 * statistics.fmean(one["within"] for one in cases)),
        "width": round(statistics.fmean(one["high"] - one["low"] for one in cases), 2),
    }


def print_table(figures: dict) -> None:
    """One line for each part."""
    print(f"{figures['forecasts']} forecasts, seeds {figures['seeds']}")
    for code, parts in figures["indicators"].items():
        print(f"\n{code:<32} error  stays  again  within  width")
        for name, one in parts.items():
            print(
                f"{name:<32} {one['error']:5.2f}  {one['stays']:5.2f}  {one['again']:5.2f}  "
                f"{one['within']:5}%  {one['width']:5.2f}"
            )


if __name__ == "__main__":
    sys.exit(main())
