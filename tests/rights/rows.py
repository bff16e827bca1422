"""What one row of the matrix says: a request, and what its address declares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.rights.world import World
from tests.scenes import SMALL_PLAN

EVERYONE, ACCOUNT, PERSON = "everyone", "account", "person"


@dataclass(frozen=True)
class Row:
    """One request: a page ("app:name") or an operation ("/path") and what it declares.

    ``sees``: without this permission at the object's agency there is nothing (404). ``needs``:
    without it the answer is a refusal; asked at the object's agency, with ``home`` at one's own.
    With ``handed`` the object was handed to the neighbour: ``sees`` at either place shows it, and
    ``needs`` is asked at the neighbour. ``only``: log-in names of those who hold the thing, beside
    whoever has ``or_with``; the others are refused, with ``hidden`` they find nothing. ``shows``: a
    list open to all that holds these words only for who has ``sees``. An allowed write leaves its
    trace unless ``traceless``. What depends on the world is a function of it.
    """

    where: str
    method: str = "GET"
    args: Any = ()
    sent: Any = None
    query: str = ""
    who: str = PERSON
    sees: str = ""
    needs: str = ""
    home: bool = False
    handed: bool = False
    only: frozenset[str] | set[str] | None = None
    or_with: str = ""
    hidden: bool = False
    shows: Any = None
    traceless: bool = False
    hides: bool = False  # who lacks ``needs`` finds nothing
    unseen: str = "hidden"
    step: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.method, self.where, self.query, self.step)))


def made(value: Any, world: World) -> Any:
    """A value of a row in this world."""
    return value(world) if callable(value) else value


def upload() -> SimpleUploadedFile:
    """A file to send, new for each request."""
    return SimpleUploadedFile("ke-hoach.txt", SMALL_PLAN.encode())
