"""Screens of indicators."""

from motcua.indicators.views.compare import comparison
from motcua.indicators.views.divided import by_part, posts
from motcua.indicators.views.forecast import forecast
from motcua.indicators.views.index import index
from motcua.indicators.views.lists import indicators
from motcua.indicators.views.one import indicator
from motcua.indicators.views.rows import rows
from motcua.indicators.views.targets import connect, disconnect, target

__all__ = [
    "by_part",
    "comparison",
    "connect",
    "disconnect",
    "forecast",
    "index",
    "indicator",
    "indicators",
    "posts",
    "rows",
    "target",
]
