"""Definitions, values and proposals in pure Python."""

from motcua.indicators.rules.definitions import (
    Better,
    Definition,
    Formula,
    Indicator,
    PackInvalid,
    read_indicators,
)
from motcua.indicators.rules.fitting import Fit, proposals
from motcua.indicators.rules.values import Known, Standing, Value, evaluate, stand

__all__ = [
    "Better",
    "Definition",
    "Fit",
    "Formula",
    "Indicator",
    "Known",
    "PackInvalid",
    "Standing",
    "Value",
    "evaluate",
    "proposals",
    "read_indicators",
    "stand",
]
