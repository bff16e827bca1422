"""Dossiers by API: lists, intake, every step of the table, files."""

from motcua.dossiers.api import files, intake, reading, slips, steps
from motcua.dossiers.api.common import router

__all__ = ["files", "intake", "reading", "router", "slips", "steps"]
