"""The figures of reports that indicators' measures tell (``core.figures``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from django.urls import reverse

from motcua.core.figures import Figure, Row, Source
from motcua.core.measures import Scope, count, measures
from motcua.core.text import number
from motcua.indicators.queries.values import agencies_of
from motcua.org.models import Agency

#: Key of the outline → measure.
TOLD: Final = {
    "dossier.carried": "dossiers.carried",
    "dossier.desk": "dossiers.received.desk",
    "dossier.online": "dossiers.received.online",
    "dossier.post": "dossiers.received.post",
    "dossier.on_time": "dossiers.settled.punctual",
    "dossier.late": "dossiers.settled.late",
    "dossier.open_late": "dossiers.open.late",
    "dossier.digitised": "dossiers.results.digitised",
    "tthc.total": "procedures.total",
    "tthc.internal": "procedures.internal.reviewed",
    "procedure.full_online": "procedures.online.full",
    "procedure.part_online": "procedures.online.partial",
}
#: Key → the measures that add up to it.
SUMMED: Final = {
    "dossier.received": ("dossiers.received", "dossiers.carried"),
    "dossier.settled": ("dossiers.settled",),
    "dossier.open": ("dossiers.open",),
}
SHARE: Final = "dossier.on_time_pct"
IN_TIME: Final = "dossier.open_in_time"
#: Keys that begin so are told where one of these measures counts something: an agency that keeps
#: no such records has no zeros either.
WHOLES: Final = {
    "dossier.": ("dossiers.received", "dossiers.carried"),
    "tthc.internal": ("procedures.internal",),
    "tthc.total": ("procedures.total",),
    "procedure.": ("procedures.total",),
}
KEYS: Final = frozenset({*TOLD, *SUMMED, SHARE, IN_TIME})


def read(agency: int, since: date, on: date) -> Iterator[Figure]:
    """The figures of an agency from a day to another, as the records stood at its end.

    Each leads to the rows as they stood, not to a copy of thousands of them.
    """
    of = Agency.objects.get(pk=agency)
    scope = Scope(agencies_of(of), since, on, on)
    sums = SUMMED | {key: (code,) for key, code in TOLD.items()}
    codes = {code for parts in (*sums.values(), *WHOLES.values()) for code in parts}
    told = {code: values[0] for code, values in count(sorted(codes), [scope]).items()}
    kept = tuple(begin for begin, whole in WHOLES.items() if any(told[code] for code in whole))
    sums = {key: parts for key, parts in sums.items() if key.startswith(kept)}
    for key, parts in sums.items():
        counted = [told[code] for code in parts]
        if None not in counted:
            rows = tuple(_row(code, told[code] or 0, of, scope) for code in parts)
            label, unit = measures()[parts[0]].label, measures()[parts[0]].unit
            yield Figure(key, label, unit, str(sum(n or 0 for n in counted)), rows)
    if "dossier.open" in sums:
        late, whole = told["dossiers.open.late"] or 0, told["dossiers.open"] or 0
        row = _row("dossiers.open", whole, of, scope)
        yield Figure(IN_TIME, "Hồ sơ đang giải quyết trong hạn", "hồ sơ", str(whole - late), (row,))
    if "dossier.settled" in sums and (settled := told["dossiers.settled"]):
        share = Decimal(100 * (told["dossiers.settled.punctual"] or 0)) / settled
        row = _row("dossiers.settled", settled, of, scope)
        yield Figure(SHARE, "Tỷ lệ đúng hạn", "%", number(share, 2), (row,))


def _row(code: str, rows: int, agency: Agency, scope: Scope) -> Row:
    measure = measures()[code]
    asked = f"agency={agency.code}&since={scope.since}&until={scope.until}&on={scope.on}"
    return {
        "code": "",
        "label": f"{measure.label}: {number(rows, 0)} {measure.unit}",
        "url": f"{reverse('indicators:rows', args=[code])}?{asked}",
        "lead": "",
        "due": "",
        "product": "",
        "state": measure.definition,
    }


SOURCE = Source("indicators", KEYS, read)
