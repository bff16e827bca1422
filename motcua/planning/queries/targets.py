"""Targets as they stand: by field, with value, goal, reading and trend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from motcua.core.errors import mark as _
from motcua.core.text import date_short
from motcua.files.models import Attachment, AttachmentQuerySet
from motcua.org.models import Person
from motcua.planning.live import LiveValue, live_values
from motcua.planning.models import Target, TargetValue
from motcua.planning.rules import FIELDS, Reading, read_target
from motcua.ui import charts
from motcua.ui.formats import vn_number
from motcua.ui.templatetags.ui_tags import Tone, with_unit

#: Readings that a chairman should look at.
RISKY = frozenset({Reading.AT_RISK, Reading.MISSED})
_TONES: dict[Reading, Tone] = {
    Reading.MET: "done",
    Reading.AT_RISK: "soon",
    Reading.MISSED: "late",
    Reading.UNKNOWN: "",
}
_SIGNS = {
    "ge": "≥ ",
    "gt": "> ",
    "le": "≤ ",
    "lt": "< ",
    "increase_ge": "↑ ≥ ",
    "decrease_ge": "↓ ≥ ",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A target on a day."""

    target: Target
    reading: Reading
    values: Sequence[TargetValue]
    live: LiveValue | None = None  # read from the records, before anything typed

    @property
    def reads(self) -> bool:
        """Whether the value is read from the records, not typed."""
        return self.live is not None and self.live.kept

    @property
    def latest(self) -> TargetValue | None:
        """The value that stands."""
        return self.values[-1] if self.values else None

    @property
    def word(self) -> str:
        """The reading in words."""
        return gettext(self.reading.label)

    @property
    def tone(self) -> Tone:
        """The reading as a tone."""
        return _TONES[self.reading]

    @property
    def goal(self) -> str:
        """ "≥ 98%"; "" for a target without a number."""
        return goal_of(self.target)

    @property
    def course(self) -> list[tuple[str, float | None]]:
        """The value over time, each under its short date: of the records, else as typed."""
        if self.live is not None and self.live.kept:
            return [(name, None if n is None else float(n)) for name, n in self.live.course]
        return [(date_short(row.on)[:5], float(row.value)) for row in self.values]

    @property
    def trend(self) -> SafeString:
        """A small line of the values; "" below two."""
        numbers = [value for _name, value in self.course]
        if sum(number is not None for number in numbers) < 2:
            return SafeString("")
        goal = float(self.target.value) if self.target.value is not None else None
        return charts.spark(numbers, label=gettext("Xu hướng"), target=goal)


@dataclass(frozen=True, slots=True)
class Part:
    """The targets of one field."""

    label: str
    rows: list[Standing]


def goal_of(target: Target) -> str:
    """A target's goal in signs: "≥ 98%", "5 – 10 hồ sơ"."""
    if target.value is None or not target.comparison:
        return ""
    words = vn_number(_plain(target.value))
    if target.upper is not None:
        words = f"{words} – {vn_number(_plain(target.upper))}"
    return _SIGNS.get(target.comparison, "") + with_unit(words, target.unit)


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()


def standings(rows: Iterable[Target], on: date) -> list[Standing]:
    """Each target with its values until a day, and what the records say of it. The number of
    queries does not depend on how many there are."""
    targets = list(rows)
    by_target: dict[int, list[TargetValue]] = {}
    values = TargetValue.objects.filter(target__in=targets, on__lte=on, replaced=False)
    for value in values.select_related("by").order_by("on", "pk"):
        by_target.setdefault(value.target_id, []).append(value)
    live = live_values(targets, on)
    return [
        _standing(target, by_target.get(target.pk, []), live.get(target.pk)) for target in targets
    ]


def _standing(target: Target, values: list[TargetValue], live: LiveValue | None) -> Standing:
    newest = values[-1].value if values else None
    if live is not None and live.kept:
        newest = live.value
    reading = read_target(target.comparison or None, target.value, target.upper, newest)
    return Standing(target, reading, values, live)


def current_targets(person: Person, on: date) -> list[Standing]:
    """Targets of this year's plans that a person may see, in the order of the plan."""
    rows = Target.objects.visible_to(person, on).filter(plan__year=on.year, ended_on__isnull=True)
    return standings(
        rows.select_related("agency", "plan").order_by("agency__name", "item__position")[:500], on
    )


def nearest(rows: Iterable[Standing], most: int) -> list[Standing]:
    """Of the targets with a number that is read from the records, the few that lie nearest to it,
    on either side."""
    read = [
        (abs(row.live.value - row.target.value) / (abs(row.target.value) or 1), row)
        for row in rows
        if row.live is not None and row.live.value is not None and row.target.value is not None
    ]
    return [row for _off, row in sorted(read, key=lambda one: one[0])[:most]]


def by_field(rows: Iterable[Standing]) -> list[Part]:
    """Standings under the names of their fields, in the order of the plan."""
    found: dict[str, list[Standing]] = {}
    for row in rows:
        found.setdefault(row.target.field, []).append(row)
    order = [*FIELDS, *(field for field in found if field not in FIELDS)]
    return [
        Part(gettext(FIELDS.get(field, _("Mục tiêu chung"))), found[field])
        for field in order
        if field in found
    ]


def proofs_of(target: Target) -> AttachmentQuerySet:
    """The files that prove a target's values, those replaced by a correction too."""
    return Attachment.objects.filter(
        object_type=TargetValue._meta.label_lower,
        object_id__in=target.values.values("pk"),
        withdrawn_at__isnull=True,
    ).order_by("pk")


def chart_of(standing: Standing) -> charts.Figure | None:
    """The values over time with the goal; None below two."""
    points = [charts.Point(name, value) for name, value in standing.course]
    if sum(point.value is not None for point in points) < 2:
        return None
    target = standing.target
    goal = float(target.value) if target.value is not None else None
    unit = target.unit if len(target.unit) <= 3 else ""
    return charts.line(gettext("Giá trị qua thời gian"), points, unit=unit, target=goal)
