"""Dossiers in the states that tests need, reached by the product's own actions."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from motcua.dossiers.actions import intake as desk
from motcua.dossiers.actions.handling import forward, present
from motcua.dossiers.models import Dossier
from motcua.procedures.models import ProcedureVersion
from tests.procedures import scenes as procedures

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day: int, hour: int = 9, minute: int = 0, month: int = 3) -> datetime:
    """A moment of 2024; 4 March is a Monday."""
    return datetime(2024, month, day, hour, minute, tzinfo=ZONE)


MONDAY = at(4)

MARRIAGE = "1.000894"
STEPS = [
    {"name": "Tiếp nhận", "post": "one_stop", "share": 20},
    {"name": "Thẩm định", "post": "justice", "share": 60},
    {"name": "Ký", "post": "chairman", "share": 10},
    {"name": "Trả kết quả", "post": "one_stop", "share": 10},
]


def version(org: SimpleNamespace, **changes: Any) -> ProcedureVersion:
    """Confirmation of marital status, five working days, two papers, in force."""
    said = {
        "name": "Cấp giấy xác nhận tình trạng hôn nhân",
        "limit": "5 ngày làm việc",
        "papers": [
            {"name": "Tờ khai", "originals": 1},
            {"name": "Quyết định ly hôn", "certified": 1, "condition": "đã ly hôn"},
        ],
        "fees": [{"name": "Lệ phí hộ tịch", "amount": 15000, "exemptions": ["Hộ nghèo"]}],
        "steps": STEPS,
    }
    return procedures.published(org, MARRIAGE, **{**said, **changes})


def typed(procedure: ProcedureVersion, **changes: Any) -> desk.Intake:
    """What the clerk types for a complete dossier."""
    said: dict[str, Any] = {
        "version": procedure,
        "applicant": desk.ApplicantData(
            "Trần Thị Bưởi", id_number="038 190 000 001", phone="0912.000.001", address="Thôn 3"
        ),
        "papers": [desk.PaperData("Tờ khai", originals=1, pages=2)],
        "summary": "Xác nhận tình trạng hôn nhân",
    }
    return desk.Intake(**{**said, **changes})


def received(org: SimpleNamespace, moment: datetime = MONDAY, **changes: Any) -> Dossier:
    """A dossier that the desk received."""
    procedure = changes.pop("procedure", None) or version(org)
    return desk.receive(
        agency=org.commune, intake=typed(procedure, **changes), by=org.motcua, at=moment
    )


def processing(org: SimpleNamespace) -> Dossier:
    """With the specialist of justice."""
    return forward(dossier=received(org), to=org.tuphap, by=org.motcua, at=at(4, 10))


def signing(org: SimpleNamespace) -> Dossier:
    """Before the chairman."""
    return present(dossier=processing(org), to=org.chutich, by=org.tuphap, at=at(6))
