"""Procedures in the states that tests need, reached by the product's own actions."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from motcua.procedures.actions import draft_version, import_rows, publish_version
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.national import national_rows
from motcua.procedures.rules import Content

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
AT = datetime(2024, 3, 1, 9, 0, tzinfo=ZONE)
TODAY = date(2024, 3, 1)
BIRTH = "1.001193"

BIRTH_RAW = {
    "name": "Thủ tục đăng ký khai sinh",
    "field": "Hộ tịch",
    "authority": "Ủy ban nhân dân cấp xã",
    "limit": "Trong ngày",
    "online": "full",
    "channels": ["desk", "online"],
    "papers": [{"name": "Giấy chứng sinh", "originals": 1}],
    "steps": [
        {"name": "Tiếp nhận", "post": "one_stop", "share": 30},
        {"name": "Giải quyết", "post": "justice", "share": 70},
    ],
    "results": [{"name": "Giấy khai sinh"}],
    "fees": [{"name": "Lệ phí hộ tịch", "exemptions": ["Đăng ký đúng hạn"]}],
    "legal_bases": ["60/2014/QH13"],
}


def content(**changes) -> Content:
    """The content of a birth registration with changes."""
    return Content.read(BIRTH_RAW | changes)


def load(*codes: str, valid_from: date = date(2024, 1, 1)) -> list[ProcedureVersion]:
    """The national pack, or some of its procedures."""
    rows = [row for row in national_rows() if not codes or row.code in codes]
    return import_rows(agency=None, rows=rows, valid_from=valid_from, at=AT)


def drafted(org, code: str = BIRTH, **changes) -> ProcedureVersion:
    """A draft of the commune."""
    said = content(**changes)
    return draft_version(agency=org.commune, code=code, content=said, by=org.vanphong, at=AT)


def published(org, code: str = BIRTH, valid_from: date = TODAY, **changes) -> ProcedureVersion:
    """A version of the commune in force."""
    return publish_version(
        version=drafted(org, code, **changes),
        decision="12/QĐ-UBND",
        decided_on=date(2024, 2, 26),
        valid_from=valid_from,
        by=org.vanphong,
        at=AT,
    )
