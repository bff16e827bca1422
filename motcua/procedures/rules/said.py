"""A sentence that a rule says of its result, kept apart from its words' language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Said:
    """A marked Vietnamese sentence with its places; the edge translates and fills it."""

    message: str
    params: Mapping[str, object] = field(default_factory=dict)

    def render(self, translate: Callable[[str], str]) -> str:
        """The sentence in another language; sentences within it as well."""
        filled = {
            name: value.render(translate) if isinstance(value, Said) else value
            for name, value in self.params.items()
        }
        text = translate(self.message)
        return text % filled if filled else text

    def __str__(self) -> str:
        return self.render(str)
