"""Answers about dossiers that are not rows."""

from motcua.dossiers.queries.pages import history_of, said_of, time_of

__all__ = ["history_of", "said_of", "time_of"]
