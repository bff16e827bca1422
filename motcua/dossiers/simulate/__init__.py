"""A believable year at a one-stop desk, written in bulk: for the demo and for measuring.

Each dossier lives in memory by the rules and row makers of the actions, told of nobody; what an
action would save one by one (rows, numbers, entries of the chain) is filled in for a visitor and
written in batches. One tale can so happen to many.
"""

from motcua.dossiers.simulate.desk import Desk, play_desk, play_often
from motcua.dossiers.simulate.mould import ENTRIES, PARTS, SLIPS
from motcua.dossiers.simulate.year import Cast, Tales

#: The tables that are written.
TABLES = [*(table.model for table, _rows in PARTS), ENTRIES.model, SLIPS.model]

__all__ = ["TABLES", "Cast", "Desk", "Tales", "play_desk", "play_often"]
