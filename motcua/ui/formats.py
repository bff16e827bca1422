"""Values as screens show them: the official writing of :mod:`motcua.core.text`, "" for none."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from motcua.core.text import date_short, number


def local(moment: datetime) -> datetime:
    """The moment on the commune's clock; a naive one is taken as it is."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def vn_date(value: date | None) -> str:
    """ "05/02/2024"; a moment is read on the commune's clock."""
    if value is None:
        return ""
    return date_short(local(value).date() if isinstance(value, datetime) else value)


def vn_time(value: datetime | None) -> str:
    """ "09:41"."""
    return "" if value is None else f"{local(value):%H:%M}"


def vn_datetime(value: datetime | None) -> str:
    """ "09:41 05/02/2024"."""
    return "" if value is None else f"{vn_time(value)} {vn_date(value)}"


def vn_number(value: float | Decimal | None, decimals: int | None = None) -> str:
    """ "1.234,5"; without ``decimals`` as many as the value has."""
    return "" if value is None else number(value, decimals)


def vn_money(value: float | Decimal | None) -> str:
    """ "1.500.000 đồng": whole đồng, the smallest amount in use."""
    return "" if value is None else f"{number(value, 0)} đồng"
