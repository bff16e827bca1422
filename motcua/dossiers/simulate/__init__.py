"""A believable year at a one-stop desk, written in bulk: for the demo and for measuring.

Each dossier lives in memory by the rules and row makers of the actions; what an action would save
one by one (rows, numbers, entries of the chain) is written in batches.
"""

from motcua.dossiers.simulate.year import Cast, play_desk

__all__ = ["Cast", "play_desk"]
