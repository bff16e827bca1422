"""Who should lead a task, judged by what the responsibilities section says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from motcua.core.errors import mark as _
from motcua.planning.reader.meaning import field_of
from motcua.planning.reader.result import Field, Responsibility
from motcua.planning.reader.words import plain, words

BY_DUTY = _("Được giao “%(duty)s”; cùng nói về: %(shared)s.")
BY_CUSTOM = _("Việc thuộc lĩnh vực này thường do bộ phận này phụ trách.")
BY_NAME = _("Nhiệm vụ giao cho bộ phận này.")

_COMMON = frozenset(
    re.findall(
        r"\w+",
        "va cac cua cho theo ve trong viec cong tac thuc hien trien khai ke hoach nam xa ubnd quy "
        "dinh to chuc tiep tuc day manh tang cuong bao dam dam bao hieu qua nhiem vu co quan don "
        "vi cai cach hanh chinh duoc tai tren dia ban den khi phu hop xay dung ban nghiem tuc tot "
        "kip thoi phoi doi voi ket",
    )
)
"""Syllables of every plan's sentences: two of them in a row say nothing about a task."""
_SHORT_FORMS = (
    ("thu tuc hanh chinh", "tthc"),
    ("quy pham phap luat", "qppl"),
    ("cong nghe thong tin", "cntt"),
    ("tiep nhan va tra ket qua", "mot cua"),
)
_CUSTOM = {
    Field.INSTITUTIONS: r"tu phap",
    Field.PROCEDURES: r"van phong|vp|mot cua|hanh chinh cong",
    Field.ORGANISATION: r"van phong|vp|noi vu",
    Field.CIVIL_SERVICE: r"van phong|vp|noi vu",
    Field.PUBLIC_FINANCE: r"tai chinh|ke toan|kinh te",
    Field.DIGITAL_GOVERNMENT: r"van phong|vp|van hoa",
    Field.STEERING: r"van phong|vp|noi vu",
}
"""Which posts of a commune customarily see to a field; no law says so."""
_SPREADS_WORD = re.compile(r"tuyen truyen|truyen thanh|phat thanh|bang ron|tin,? bai")
_CULTURE = r"van hoa|truyen thanh|thong tin"
_LEADER = re.compile(r"\b(?:chu tich|bi thu)\b")

_BONUS = 2.5
_LEADER_SHARE = 0.5
"""A chairman directs everything, so words shared with a chairman's duty weigh half."""
_ENOUGH = 2.0
_SAYS_SO = 1.0
"""Less nearness by words than this, and the custom is the true reason."""
_CLEARLY = 1.1
"""The best post must be this many times as near as the next, or nothing is suggested."""


@dataclass(frozen=True, slots=True)
class _Nearness:
    """How near the nearest duty of a post is to a task."""

    score: float
    said: float  # the part of the score that the duty's own words earned
    post: str
    duty: str
    shared: frozenset[str]


def suggest_lead(
    task: str, responsibilities: Sequence[Responsibility], *, field: str | None = None
) -> tuple[str, str] | None:
    """The post whose duties are nearest to a task, and the reason in words; None when unsure.

    Nearness is the sum of the word pairs shared with one duty, the rarer among all posts the
    heavier; the post that customarily sees to the task's field starts ahead. A post to which
    the task's own sentence gives it ("giao …") is taken at once. ``field`` is the field of the
    heading over the task, when that is known better than the sentence itself tells.
    """
    named = _named(task, responsibilities)
    if named is not None:
        return named, BY_NAME
    usual = _usual_post(task, Field(field) if field else field_of(task))
    ranked = _ranked(task, responsibilities, usual)
    if not ranked or ranked[0].score < _ENOUGH:
        return None
    best = ranked[0]
    if len(ranked) > 1 and best.score < _CLEARLY * ranked[1].score:
        return None
    if best.said < _SAYS_SO:
        return best.post, BY_CUSTOM
    values = {"duty": _short(best.duty), "shared": ", ".join(_as_written(best.duty, best.shared))}
    return best.post, BY_DUTY % values


def _named(task: str, responsibilities: Sequence[Responsibility]) -> str | None:
    text = " ".join(words(task))
    return next(
        (post.post for post in responsibilities if f"giao {' '.join(words(post.post))}" in text),
        None,
    )


def _usual_post(task: str, field: Field) -> re.Pattern[str] | None:
    """The names of the posts that customarily see to a task like this."""
    pattern = _CULTURE if _SPREADS_WORD.search(plain(task)) else _CUSTOM.get(field)
    return re.compile(rf"\b(?:{pattern})\b") if pattern else None


def _ranked(
    task: str, responsibilities: Sequence[Responsibility], usual: re.Pattern[str] | None
) -> list[_Nearness]:
    """The posts by their nearest duty, the nearest first."""
    rarity = _rarity(responsibilities)
    own = set(_pairs(task))
    found: list[_Nearness] = []
    for post in responsibilities:
        name = plain(post.post)
        ahead = _BONUS if usual and usual.search(name) else 0.0
        weight = _LEADER_SHARE if _LEADER.search(name) else 1.0
        duties = [(item.text, frozenset(own & set(_pairs(item.text)))) for item in post.duties]
        scored = [
            _Nearness(ahead + weight * said, said, post.post, text, shared)
            for text, shared in duties
            for said in [sum(rarity[pair] for pair in shared)]
        ]
        found.extend(sorted(scored, key=lambda near: -near.score)[:1])
    return sorted(found, key=lambda near: -near.score)


def _pairs(text: str) -> Iterator[str]:
    """The word pairs of a text that mean something; Vietnamese words mostly have two syllables."""
    joined = " ".join(words(text))
    for long, short in _SHORT_FORMS:
        joined = joined.replace(long, short)
    for first, second in pairwise(joined.split()):
        if not (first in _COMMON and second in _COMMON):
            yield f"{first} {second}"


def _rarity(responsibilities: Sequence[Responsibility]) -> dict[str, float]:
    posts = Counter(
        pair
        for post in responsibilities
        for pair in {pair for duty in post.duties for pair in _pairs(duty.text)}
    )
    return {pair: log(1 + len(responsibilities) / count) for pair, count in posts.items()}


def _short(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:90].rsplit(' ', 1)[0]}…"


def _as_written(duty: str, shared: frozenset[str]) -> list[str]:
    """The shared words as the duty writes them, overlapping pairs joined, the longest first."""
    tokens = duty.split()
    keys = [" ".join(words(token)) for token in tokens]
    phrases: list[list[str]] = []
    last = -2
    for index, pair in enumerate(pairwise(keys)):
        if " ".join(pair) in shared:
            if index != last + 1 or not phrases:
                phrases.append([tokens[index]])
            phrases[-1].append(tokens[index + 1])
            last = index
    texts = dict.fromkeys(" ".join(phrase).strip(".,;:()") for phrase in phrases)
    longest = sorted(texts, key=lambda text: -len(text.split()))[:3]
    return longest or sorted(shared)[:3]
