"""Who should lead a task, judged by what the responsibilities section says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log

from motcua.core.errors import mark as _
from motcua.planning.reader.result import Responsibility
from motcua.planning.reader.words import plain, words

REASON = _("Được giao “%(duty)s”; cùng nói về: %(shared)s.")

_COMMON = set(
    "va cac cua cho theo ve trong viec cong tac thuc hien trien khai ke hoach nam xa ubnd quy dinh "
    "to chuc tiep tuc day manh tang cuong bao dam dam bao hieu qua nhiem vu co quan don vi cai cach "
    "hanh chinh duoc tai tren dia ban den khi phu hop xay dung ban nghiem tuc tot kip thoi".split()
)
_SHORT_FORMS = (
    ("thu tuc hanh chinh", "tthc"),
    ("quy pham phap luat", "qppl"),
    ("cong nghe thong tin", "cntt"),
    ("tiep nhan va tra ket qua", "mot cua"),
)
_ENOUGH = 2.0
_CLEARLY = 1.15
"""The best post must be this many times as near as the next, or nothing is suggested."""


def suggest_lead(task: str, responsibilities: Sequence[Responsibility]) -> tuple[str, str] | None:
    """The post whose duties are nearest to a task, and the reason in words; None when unsure.

    Nearness is the sum of the pairs of words shared with one duty, the rarer among all duties
    the heavier. A post that is named in the task itself is taken at once.
    """
    named = _named(task, responsibilities)
    if named is not None:
        return named, _("Nhiệm vụ nêu tên bộ phận này.")
    rarity = _rarity(responsibilities)
    own = set(_pairs(task))
    ranked: list[tuple[float, str, str, set[str]]] = []
    for post in responsibilities:
        for item in post.duties:
            shared = own & set(_pairs(item.text))
            ranked.append((sum(rarity[pair] for pair in shared), post.post, item.text, shared))
    if not ranked:
        return None
    ranked.sort(key=lambda entry: -entry[0])
    score, best, duty, shared = ranked[0]
    second = next((entry[0] for entry in ranked if entry[1] != best), 0.0)
    if score < _ENOUGH or score < _CLEARLY * second:
        return None
    values = {"duty": _short(duty), "shared": ", ".join(_as_written(duty, shared))}
    return best, REASON % values


def _named(task: str, responsibilities: Sequence[Responsibility]) -> str | None:
    text = " ".join(words(task))
    return next(
        (post.post for post in responsibilities if f"giao {' '.join(words(post.post))}" in text),
        None,
    )


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


def _as_written(duty: str, shared: set[str]) -> list[str]:
    """The shared words as the duty writes them, overlapping pairs joined, in order."""
    tokens = duty.split()
    keys = [" ".join(words(token)) for token in tokens]
    kept = [False] * len(tokens)
    for index, pair in enumerate(pairwise(keys)):
        if " ".join(pair) in shared:
            kept[index] = kept[index + 1] = True
    phrases: list[list[str]] = []
    for index, token in enumerate(tokens):
        if kept[index] and (not phrases or not kept[index - 1]):
            phrases.append([])
        if kept[index]:
            phrases[-1].append(token.strip(".,;:"))
    seen = dict.fromkeys(" ".join(phrase) for phrase in phrases)
    return list(seen)[:3] or sorted(plain(pair) for pair in shared)[:3]
