"""The trace in words. Each app says in its ``trace.py`` what its actions are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext

_WORDS: dict[str, str] = {}
#: Who knows whose chain is whose; the last one told is asked.
_NAMES: list[Callable[[Iterable[str]], Mapping[str, str]]] = []


def name_actions(words: Mapping[str, str]) -> None:
    """Tell the Vietnamese words (marked for translation) of actions, by their whole names."""
    _WORDS.update(words)


def has_words(action: str) -> bool:
    """Whether an action was named."""
    return action in _WORDS


def action_word(action: str) -> str:
    """An action in words; entries older than a renaming show their own name."""
    return gettext(_WORDS[action]) if action in _WORDS else action


def action_choices() -> list[tuple[str, str]]:
    """Every named action with its words, in the order of the words."""
    return sorted(((name, gettext(word)) for name, word in _WORDS.items()), key=lambda one: one[1])


def tell_chains(names: Callable[[Iterable[str]], Mapping[str, str]]) -> None:
    """Tell who names the owners of chains, by the codes of the chains."""
    _NAMES.append(names)


def chain_names(chains: Iterable[str]) -> Mapping[str, str]:
    """Whose chains they are; one that nobody knows is left out."""
    return _NAMES[-1](chains) if _NAMES else {}
