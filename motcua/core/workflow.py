"""Steps as a table: what may happen to a thing in each of its states, and what it becomes.

One table per kind of thing, in its app's ``rules.py``. The page's buttons, the API's allowed steps,
the names in the trace, the diagram in the documentation and the completeness tests all read it::

    class PlanStatus(Status):
        DRAFT = "draft", _("Bản nháp")
        IN_FORCE = "in_force", _("Đang thực hiện")

    STEPS = Workflow(
        Step("import", set(), PlanStatus.DRAFT, needs="planning.import", label=_("Nhập kế hoạch")),
        Step("approve", {PlanStatus.DRAFT}, PlanStatus.IN_FORCE, needs="planning.approve",
             label=_("Phê duyệt")),
        Step("note", {PlanStatus.IN_FORCE}, None, needs="planning.edit", label=_("Ghi chú")),
    )
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import Any, Generic, Self, TypeVar

from motcua.core.errors import Refused
from motcua.core.errors import mark as _


class Status(StrEnum):
    """A status with the word that people read (marked for translation)."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Value and word of every status, in order: for model fields and filters."""
        return [(member.value, member.label) for member in cls]


S = TypeVar("S", bound=StrEnum)


class StepNotAllowed(Refused):
    """The thing is in a state in which this step cannot be taken."""

    code = "step_not_allowed"
    message = _("Không thể “%(step)s” khi đang ở trạng thái “%(status)s”.")


class Step(Generic[S]):
    """One thing that can be done: from which states, to which state, and who may.

    ``sources`` empty: the step makes the thing. ``target`` None: the state stays as it is.
    ``needs`` is the permission. ``label`` is the verb on the button.
    """

    __slots__ = ("label", "name", "needs", "sources", "target")

    def __init__(
        self, name: str, sources: Collection[S], target: S | None, *, needs: str, label: str = ""
    ) -> None:
        self.name, self.target, self.needs = name, target, needs
        self.sources: frozenset[S] = frozenset(sources)
        self.label = label or name

    def __repr__(self) -> str:
        return f"Step({self.name!r})"


class Workflow(Generic[S]):
    """All steps of one kind of thing, in the order in which buttons show them.

    A table that contradicts itself is a programming error and raises ``ValueError`` when it is
    made: two steps of one name, a thing that appears in no state, states of two kinds.
    """

    def __init__(self, *steps: Step[S]) -> None:
        self._steps = {step.name: step for step in steps}
        if len(self._steps) != len(steps):
            raise ValueError("two steps have the same name")
        used = [status for step in steps for status in (*step.sources, step.target) if status]
        kinds = {type(status) for status in used}
        if len(kinds) != 1:
            raise ValueError("a workflow needs statuses of exactly one kind")
        for step in steps:
            if not step.sources and step.target is None:
                raise ValueError(f"step {step.name!r} leads nowhere")
        self._statuses: tuple[S, ...] = tuple(kinds.pop())
        self._allowed = {
            status: tuple(step for step in steps if status in step.sources)
            for status in self._statuses
        }

    def __iter__(self) -> Iterator[Step[S]]:
        return iter(self._steps.values())

    def __getitem__(self, name: str) -> Step[S]:
        return self._steps[name]

    @property
    def statuses(self) -> tuple[S, ...]:
        """Every status there is, in the order of its enum."""
        return self._statuses

    @property
    def initial(self) -> frozenset[S]:
        """The states in which a thing comes into being."""
        return frozenset(
            step.target for step in self if not step.sources and step.target is not None
        )

    @property
    def dead_ends(self) -> frozenset[S]:
        """The states that no step leads out of: either the end of the matter, or a mistake."""
        leaving = {
            status
            for step in self
            for status in step.sources
            if step.target is not None and step.target != status
        }
        return frozenset(self._statuses) - leaving

    @property
    def unreachable(self) -> frozenset[S]:
        """The states that no chain of steps from the beginning comes to."""
        reached: set[S] = set()
        frontier = set(self.initial)
        while frontier:
            reached |= frontier
            frontier = {
                step.target for step in self if step.target is not None and step.sources & reached
            } - reached
        return frozenset(self._statuses) - reached

    def allowed(self, status: S | str) -> tuple[Step[S], ...]:
        """The steps that may be taken from a state, in table order."""
        return self._allowed[self._member(status)]

    def can(self, step: str, status: S | str) -> bool:
        """May this step be taken from this state?"""
        return self._member(status) in self._steps[step].sources

    def check(self, step: str, status: S | str) -> S:
        """The state after the step. Raises ``StepNotAllowed`` when the table does not have it."""
        member = self._member(status)
        chosen = self._steps[step]
        if member not in chosen.sources:
            raise StepNotAllowed(step=chosen.label, status=_word(member))
        return member if chosen.target is None else chosen.target

    def mermaid(self) -> str:
        """The table as a Mermaid state diagram, the same text for the same table."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {status.name}: {_word(status)}" for status in self._statuses]
        for step in self:
            for status in self._statuses:
                if status in step.sources:
                    target = status if step.target is None else step.target
                    lines.append(f"    {status.name} --> {target.name}: {step.label}")
            if not step.sources and step.target is not None:
                lines.append(f"    [*] --> {step.target.name}: {step.label}")
        lines += [f"    {status.name} --> [*]" for status in self._statuses if self._ends(status)]
        return "\n".join(lines) + "\n"

    def _ends(self, status: S) -> bool:
        return status in self.dead_ends

    def _member(self, status: S | str) -> S:
        kind: Any = type(self._statuses[0])
        member: S = kind(status)
        return member


def _word(status: StrEnum) -> str:
    return str(getattr(status, "label", status.value))
