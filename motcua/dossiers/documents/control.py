"""The control slip: whose the dossier was, from when to when, and whether each kept its time.

A view of the dossier's steps: nothing is typed twice. (Circular 01/2018/TT-VPCP, form 05; Circular
03/2025/TT-VPCP, form 06)
"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Final

from motcua.documents.layout import Align, Column, Table
from motcua.dossiers.documents.forms import moment_of, paper_table, with_code
from motcua.dossiers.documents.page import Field, Signature, SlipPage
from motcua.dossiers.models import Dossier, DossierStep
from motcua.dossiers.permissions import day_of
from motcua.dossiers.rules import SlipKind, timeliness

COLUMNS: Final = (
    Column("TT", 0.7, Align.CENTER),
    Column("Bước giải quyết", 2.6),
    Column("Người giao", 2.2),
    Column("Người nhận", 2.2),
    Column("Thời điểm giao", 1.7, Align.CENTER),
    Column("Hạn của bước", 1.7, Align.CENTER),
    Column("Hoàn thành", 1.7, Align.CENTER),
    Column("Kết quả", 1.4, Align.CENTER),
    Column("Ghi chú", 2.2),
)


def control_page(dossier: Dossier, now: datetime) -> SlipPage:
    """The control slip as it stands now, its steps with their people; two queries."""
    steps = list(dossier.steps.select_related("person", "post").order_by("position"))
    papers = [one for one in dossier.papers.order_by("position") if one.count]
    rules = dossier.rule_set
    form = rules.slips[SlipKind.CONTROL]
    filer = dossier.filer or dossier.applicant
    limit = dossier.version.content.limit_for(dossier.channel)
    return SlipPage(
        form=form.form,
        agency=dossier.agency.name,
        desk=rules.desk,
        number="",
        place=dossier.agency.place or dossier.agency.name,
        day=day_of(now),
        title=form.title,
        subtitle=with_code(dossier.code),
        parts=[
            Field("Nội dung yêu cầu giải quyết", dossier.summary),
            Field("Thủ tục hành chính", f"{dossier.version.name} ({dossier.procedure.code})"),
            Field("Người nộp hồ sơ", filer.full_name),
            Field("Chủ hồ sơ", dossier.applicant.full_name),
            Field("Thời gian nhận hồ sơ", moment_of(dossier.received_at)),
            Field("Thời hạn giải quyết theo quy định", str(limit.said)),
            Field("Thời gian hẹn trả kết quả", moment_of(dossier.due_at)),
            Field("Thời gian có kết quả", moment_of(dossier.settled_at)),
            paper_table(papers, "Thành phần hồ sơ nộp"),
            Table(
                COLUMNS, _rows(steps, now), "Quá trình giao, nhận hồ sơ và kết quả", breakable=True
            ),
        ],
        signatures=[Signature("Người theo dõi")],
        landscape=True,
    )


def _rows(steps: list[DossierStep], now: datetime) -> list[list[str]]:
    """A row per step: who gave it on is who held the step before."""
    givers = ["", *(_holder(before) for before, _after in pairwise(steps))]
    return [
        [
            str(n),
            one.name,
            giver if one.started_at else "",
            _holder(one),
            _short(one.started_at),
            _short(one.due_at),
            _short(one.ended_at),
            _result(one, now),
            one.note,
        ]
        for n, (one, giver) in enumerate(zip(steps, givers, strict=True), 1)
    ]


def _holder(step: DossierStep) -> str:
    """The person or the other agency that has, or had, the step; before that its post."""
    if step.person is not None:
        return step.person.full_name
    if step.at_agency:
        return step.at_agency
    return step.post.name if step.post is not None else ""


def _short(at: datetime | None) -> str:
    return moment_of(at, short=True)


def _result(step: DossierStep, now: datetime) -> str:
    if step.started_at is None:
        return ""
    return str(timeliness(step.due_at, step.ended_at, now).label)
