"""Rows of a draft version: its items, each with what is known of it, and its warnings."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.core.due import parse_due
from motcua.core.text import fold, similar
from motcua.org.models import Agency, Person, Post
from motcua.planning.actions.importing.reading import (
    Sentence,
    due_of,
    recurrence_of,
    sentences_of,
    split_posts,
    target_values,
)
from motcua.planning.models import Plan, PlanItem, PlanVersion, PlanWarning
from motcua.planning.reader import suggest_lead
from motcua.planning.reader.result import Item, Responsibility
from motcua.planning.reader.years import in_year
from motcua.planning.rules import ItemKind, ItemState, parse_dong


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A reading with its text and the file that it came from."""

    name: str
    content: bytes
    reading: Mapping[str, Any]
    text: str


def new_version(
    plan: Plan, read: ReadPlan, reading: Mapping[str, Any], by: Person, at: datetime, **more: Any
) -> PlanVersion:
    """A draft without items. ``reading`` is the one of the year that counts; the file's is kept."""
    period = reading["period"] or {}
    starts = date.fromisoformat(period["start"]) if period else date(plan.year, 1, 1)
    ends = date.fromisoformat(period["end"]) if period else date(plan.year, 12, 31)
    last = plan.versions.order_by("-no").first()
    return PlanVersion.objects.create(
        plan=plan,
        no=(last.no if last else 0) + 1,
        title=(reading["title"] or f"Kế hoạch năm {plan.year}")[:300],
        starts_on=starts,
        ends_on=ends,
        source_name=read.name[:150],
        text=read.text,
        reading=dict(read.reading),
        made_by=by,
        made_at=at,
        **more,
    )


def posts_of(agency: Agency) -> list[Post]:
    """The posts of an agency in their order."""
    return list(Post.objects.filter(agency=agency).order_by("order"))


def match_post(name: str | None, posts: Iterable[Post]) -> Post | None:
    """The post that a plan's wording means: equal, else the longest one contained or nearly so."""
    if not name:
        return None
    wanted = _plain(name)
    near: list[tuple[int, Post]] = []
    for post in posts:
        have = _plain(post.name)
        if have == wanted:
            return post
        if have in wanted or wanted in have or similar(have, wanted):
            near.append((len(have), post))
    return max(near, key=lambda found: found[0])[1] if near else None


def _plain(name: str) -> str:
    return " ".join(fold(name).replace("-", " ").replace("–", " ").split())


def store_items(version: PlanVersion, known: Mapping[int, PlanItem] | None = None) -> None:
    """The items of the version's reading; ``known`` gives the earlier item of the same lineage.

    A sentence that stands as it stood keeps what people decided on it; a reworded one keeps what
    its new words do not say otherwise.
    """
    posts, before = posts_of(version.plan.agency), known or {}
    duties = _responsibilities(version.reading)
    stored: list[PlanItem] = []
    for place, sentence in enumerate(sentences_of(version.reading)):
        old = before.get(place)
        values, helpers = _understood(sentence, version, posts, duties)
        if old is not None:
            values, helpers = _inherited(sentence, values, helpers, old)
        span = sentence.row.get("span") or [None, None]
        item = PlanItem.objects.create(
            version=version,
            kind=sentence.kind,
            position=(place + 1) * 10,
            parent=None if sentence.parent is None else stored[sentence.parent],
            lineage=old.lineage if old else uuid.uuid4(),
            code=sentence.code,
            heading=sentence.heading,
            text=sentence.text,
            span_start=span[0],
            span_end=span[1],
            **{"field": sentence.field, **values},
        )
        item.with_posts.set(helpers)
        stored.append(item)


def _understood(
    sentence: Sentence, version: PlanVersion, posts: list[Post], duties: Sequence[Responsibility]
) -> tuple[dict[str, Any], list[Post]]:
    """What the words say: columns of the item, and the posts that help."""
    row = sentence.row
    if sentence.kind == ItemKind.TARGET:
        return target_values(row), []
    if sentence.kind == ItemKind.DUTY:
        return {"lead_post": match_post(sentence.heading, posts)}, []
    if sentence.kind != ItemKind.TASK:
        return {}, []
    lead, reason = match_post(row.get("lead"), posts), ""
    if lead is None and (guess := suggest_lead(row["text"], duties, field=row["field"])):
        lead, reason = match_post(guess[0], posts), guess[1]
    due = row.get("due") or ""
    phrase = parse_due(in_year(due, version.reading["year"], version.plan.year)) if due else None
    helpers = {match_post(name, posts) for name in split_posts(row.get("with"))}
    values = {
        "lead_post": lead,
        "lead_reason": reason[:300] if lead else "",
        "due_text": due[:120],
        "due_on": due_of(phrase, version),
        "recurrence": recurrence_of(phrase),
        "product": (row.get("product") or "")[:300],
        "cost": parse_dong(row["cost"]) if row.get("cost") else None,
    }
    return values, [post for post in helpers if post and post != lead]


#: What an item takes over from the version before: the column, and the word of the row that says
#: it anew.
_SAID_BY = {
    "due_on": "due",
    "recurrence": "due",
    "product": "product",
    "cost": "cost",
}


def _inherited(
    sentence: Sentence, values: dict[str, Any], helpers: list[Post], old: PlanItem
) -> tuple[dict[str, Any], list[Post]]:
    """What was understood, completed from the item of the version before."""
    row, taken = sentence.row, dict(values)
    if sentence.kind == ItemKind.TASK:
        taken |= {n: getattr(old, n) for n, word in _SAID_BY.items() if not row.get(word)}
        if not row.get("lead"):
            taken |= {"lead_post": old.lead_post, "lead_reason": old.lead_reason}
        if not row.get("with"):
            helpers = [post for post in old.with_posts.all() if post != taken["lead_post"]]
    if fold(old.text) == fold(sentence.text):
        taken |= {"state": old.state, "drop_reason": old.drop_reason}
        if sentence.kind == ItemKind.TASK:
            taken["field"] = old.field
    elif old.state == ItemState.DROPPED:
        taken["state"] = ItemState.PROPOSED  # other words: to be looked at again
    return taken, helpers


def _responsibilities(reading: Mapping[str, Any]) -> list[Responsibility]:
    return [
        Responsibility(
            row["post"],
            row.get("text"),
            tuple(Item(duty["text"], tuple(duty["span"])) for duty in row["duties"]),
            tuple(row["span"]),
        )
        for row in reading["responsibilities"]
    ]


def store_warnings(version: PlanVersion, warnings: Iterable[Mapping[str, Any]]) -> None:
    """The warnings of a reading, open."""
    PlanWarning.objects.bulk_create(
        PlanWarning(
            version=version,
            code=row["code"],
            message=row["message"][:500],
            span_start=(row.get("span") or [None])[0],
            span_end=(row.get("span") or [None, None])[1],
        )
        for row in warnings
    )
