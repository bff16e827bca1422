"""Rollups: the ended dossiers of an agency counted month by month, kept current after each change,
made again from the records at any time.

``plain`` and ``making`` tell cells from dossiers, ``folding`` stores them, ``reading`` answers
measures from them and from the open dossiers, ``checking`` compares them with the records. They are
derived, so no entry of the trace is made for them. (Decision 0010)
"""
