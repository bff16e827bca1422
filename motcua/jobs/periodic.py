"""The registry of periodic jobs, filled by upper apps in ``AppConfig.ready``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Periodic:
    """A task to enqueue once per slot; ``slot`` names the slot of a moment or "" for none."""

    name: str
    task: Any
    slot: Callable[[datetime], str]


_registry: dict[str, Periodic] = {}


def register(periodic: Periodic) -> None:
    """Add a periodic job; a second one of the same name takes its place."""
    _registry[periodic.name] = periodic


def all_periodic() -> list[Periodic]:
    """What is registered, by name."""
    return [_registry[name] for name in sorted(_registry)]


def hourly(at: datetime) -> str:
    """One slot an hour."""
    return at.strftime("%Y-%m-%dT%H")


def daily_at(hour: int) -> Callable[[datetime], str]:
    """One slot a day, open from ``hour`` (0-23) on."""

    def slot(at: datetime) -> str:
        return at.strftime("%Y-%m-%d") if at.hour >= hour else ""

    return slot
