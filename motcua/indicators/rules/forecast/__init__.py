"""What a value will be when its period ends, how sure that is, and what decides it. Pure: whole
numbers and decimals, the same answer for the same records."""

from motcua.indicators.rules.forecast.chances import Ahead, Rest, WhatIf, ahead_of, supposed
from motcua.indicators.rules.forecast.counts import forecast_count
from motcua.indicators.rules.forecast.ends import Fate, Forecast, Stage
from motcua.indicators.rules.forecast.pace import Lefts, Stretch
from motcua.indicators.rules.forecast.room import Goal, affordable, is_lost, is_safe, most_bad
from motcua.indicators.rules.forecast.shares import Past, forecast_share

__all__ = [
    "Ahead",
    "Fate",
    "Forecast",
    "Goal",
    "Lefts",
    "Past",
    "Rest",
    "Stage",
    "Stretch",
    "WhatIf",
    "affordable",
    "ahead_of",
    "forecast_count",
    "forecast_share",
    "is_lost",
    "is_safe",
    "most_bad",
    "supposed",
]
