"""Dossiers by API: lists, intake, every step of the table, files."""

from motcua.dossiers.api import files, intake, outside, reading, slips, steps
from motcua.dossiers.api.common import router

__all__ = ["files", "intake", "outside", "reading", "router", "slips", "steps"]
