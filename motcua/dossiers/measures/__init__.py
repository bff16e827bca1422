"""What indicators may count of dossiers and of their steps."""

from motcua.dossiers.measures.dossiers import (
    COLUMNS,
    DOSSIERS,
    FAMILY,
    MEASURES,
    Span,
    count,
    rows,
    worked,
)
from motcua.dossiers.measures.steps import FAMILY as STEPS

FAMILIES = (FAMILY, STEPS)

__all__ = [
    "COLUMNS",
    "DOSSIERS",
    "FAMILIES",
    "FAMILY",
    "MEASURES",
    "STEPS",
    "Span",
    "count",
    "rows",
    "worked",
]
