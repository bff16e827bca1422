"""Finding a procedure by everyday words: without diacritics, by code, with a typing slip.

Pure Python over a few hundred names. A query is folded, its everyday phrases are put into the words
of the law (``packs/procedures/words.yaml``), and every document is scored by BM25 over syllables,
pairs of neighbouring syllables, and, where the query has diacritics, syllables as they are written.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Final

from motcua.core.text import edit_distance, fold, nfc

_WORD: Final = re.compile(r"[^\W_]+")
_CODE: Final = re.compile(r"\d\.\d{1,6}")

#: Weight of a document's part, and of each way in which a term is compared.
_PAIR, _WRITTEN = 1.4, 0.5
_K, _B = 1.2, 0.7  # BM25: how soon repeating a word stops to count, how much length does


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found: ``name`` counts in full, ``more`` (field, result, papers) a little."""

    key: int
    code: str
    name: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Everyday words in the words of the law.

    ``phrases``: folded phrase → the words that replace it; ``idle``: folded words that say nothing.
    """

    phrases: Mapping[str, str]
    idle: frozenset[str]

    @classmethod
    def read(cls, raw: Mapping[str, object]) -> Words:
        """From the pack: ``phrases`` (law: [everyday, …]) and ``idle`` (a list)."""
        phrases: dict[str, str] = {}
        said = raw["phrases"]
        assert isinstance(said, Mapping)
        for law, everyday in said.items():
            phrases |= {" ".join(_syllables(fold(nfc(phrase)))): str(law) for phrase in everyday}
        idle = raw["idle"]
        assert isinstance(idle, Sequence)
        longest_first = sorted(phrases.items(), key=lambda pair: -len(pair[0]))
        return cls(dict(longest_first), frozenset(fold(nfc(word)) for word in idle))

    def in_law(self, folded: str) -> str:
        """A folded query with its everyday phrases replaced, the longest first."""
        plain, put = f" {folded} ", list[str]()
        for phrase, law in self.phrases.items():
            if f" {phrase} " in plain:
                plain = plain.replace(f" {phrase} ", " | ")
                put.append(law)
        return " | ".join([plain, *put])


def _syllables(text: str) -> list[str]:
    return _WORD.findall(text)


def _terms(text: str, idle: frozenset[str] = frozenset()) -> Counter[str]:
    """Folded syllables, and their pairs within one stretch ("|" parts stretches)."""
    found: Counter[str] = Counter()
    for stretch in fold(nfc(text)).split("|"):
        words = [word for word in _syllables(stretch) if word not in idle]
        found.update(words)
        found.update(f"{one} {two}" for one, two in pairwise(words))
    return found


class Index:
    """The documents, ready to be searched. Making one takes some milliseconds per hundred."""

    def __init__(self, documents: Iterable[Document], words: Words) -> None:
        self.words = words
        self.codes: dict[str, int] = {}
        self.postings: dict[str, dict[int, float]] = defaultdict(dict)
        lengths: dict[int, int] = {}
        for document in documents:
            self.codes[document.code] = document.key
            lengths[document.key] = len(_syllables(document.name))
            self._add(document)
        average = sum(lengths.values()) / max(len(lengths), 1)
        self.norm = {key: _K * (1 - _B + _B * length / average) for key, length in lengths.items()}
        known = {word for phrase in words.phrases for word in phrase.split()} | words.idle
        self.known = known | {term for term in self.postings if " " not in term}

    def _add(self, document: Document) -> None:
        terms = _terms(document.name, self.words.idle)
        terms.update(_written(document.name))
        counts: dict[str, float] = dict(terms)
        for term, count in _terms(document.more, self.words.idle).items():
            counts[term] = counts.get(term, 0) + 0.25 * min(count, 2)
        for term, weight in counts.items():
            self.postings[term][document.key] = weight

    def search(self, query: str, limit: int = 50) -> list[int]:
        """Keys of the best documents, the best first."""
        text = query.strip()
        if _CODE.match(text):
            return [key for code, key in sorted(self.codes.items()) if code.startswith(text[:8])]
        scores: dict[int, float] = defaultdict(float)
        for term, weight in self._asked(text):
            found = self.postings.get(term)
            if not found:
                continue
            rare = log(1 + len(self.norm) / len(found))
            for key, count in found.items():
                scores[key] += weight * rare * count * (_K + 1) / (count + self.norm[key])
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        if not ranked:
            return []
        enough = ranked[0][1] * 0.3  # what shares one common word with the best is noise
        return [key for key, score in ranked[:limit] if score >= enough]

    def _asked(self, text: str) -> Iterable[tuple[str, float]]:
        plain = self._mended(_syllables(fold(nfc(text))))
        for term in _terms(self.words.in_law(" ".join(plain)), self.words.idle):
            yield term, _PAIR if " " in term else 1.0
        if not text.isascii():
            yield from ((term, _WRITTEN) for term in _written(text))

    def _mended(self, syllables: list[str]) -> list[str]:
        """Each syllable that nobody knows replaced by a known one that is a slip away, if there is
        one: what goes best with its neighbours, then what is most frequent."""
        mended = list(syllables)
        for place, word in enumerate(syllables):
            if len(word) < 3 or word in self.known:
                continue
            near = [one for one in self.known if edit_distance(word, one, 1) is not None]
            before, after = mended[place - 1 : place], syllables[place + 1 : place + 2]
            if near:
                mended[place] = max(near, key=lambda one: self._fit(before, one, after))
        return mended

    def _fit(self, before: list[str], word: str, after: list[str]) -> tuple[int, int, str]:
        pairs = [f"{one} {word}" for one in before] + [f"{word} {one}" for one in after]
        together = sum(len(self.postings.get(pair, ())) for pair in pairs)
        return together, len(self.postings.get(word, ())), word


def _written(text: str) -> list[str]:
    """Syllables as they are written, apart from the folded ones."""
    return [f"={word}" for word in _syllables(nfc(text).casefold()) if not word.isascii()]
