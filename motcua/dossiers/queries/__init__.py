"""Answers about dossiers that are not rows."""

from motcua.dossiers.queries.pages import (
    deadlines_of,
    history_of,
    said_of,
    time_of,
    time_of_turn,
    waiting_since,
)

__all__ = ["deadlines_of", "history_of", "said_of", "time_of", "time_of_turn", "waiting_since"]
