"""Tables that only arrange text on the page: the letterhead, the signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from motcua.planning.reader.words import plain

_ARRANGED = re.compile(
    r"cong hoa xa hoi|doc lap ?- ?tu do|noi nhan ?:|^ ?(?:tm|kt|tl|tuq)\. ", re.MULTILINE
)


def is_layout(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table has no data: one column, or the words of a letterhead or a signature."""
    if max((len(row) for row in rows), default=0) <= 1:
        return True
    return len(rows) <= 6 and any(_ARRANGED.search(plain(cell)) for row in rows for cell in row)
