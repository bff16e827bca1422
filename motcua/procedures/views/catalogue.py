"""The catalogue: the list, a procedure with its versions, what a version changes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.org.models import Agency, Person
from motcua.org.permissions import check_may, may
from motcua.org.views.common import own_agency, who
from motcua.procedures.forms import PublishForm, WithdrawForm, posts_of
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.permissions import version_steps
from motcua.procedures.queries import find
from motcua.procedures.rules import (
    Level,
    LimitUnit,
    OnlineLevel,
    Said,
    VersionStatus,
    changes_between,
    missing_parts,
)
from motcua.procedures.rules.parts import PART_WORDS
from motcua.procedures.views.common import version_of
from motcua.ui.elements import Tab
from motcua.ui.listing import BooleanFilter, ChoiceFilter, Column, Empty, listing

STATES = {
    "in-force": _("Đang áp dụng"),
    "drafts": _("Bản nháp"),
    "ended": _("Đã hết áp dụng"),
}


def _columns(order: str) -> tuple[Column, ...]:
    return (
        Column("name", _(PART_WORDS["name"]), order_by=order, primary=True, wide=True),
        Column("code", _("Mã"), path="procedure__code", order_by="procedure__code"),
        Column("field", _(PART_WORDS["field"]), order_by="field"),
        Column(
            "limit",
            _("Thời hạn"),
            path="",
            order_by=("limit_unit", "limit_value"),
            render=_limit,
            export="data__limit",
        ),
        Column(
            "online",
            _("Trực tuyến"),
            order_by="online",
            render=lambda version: gettext(OnlineLevel(version.online).label),
        ),
        Column("agency", _("Bản của"), path="agency__short_name", render=_whose),
        Column("valid_from", _("Từ ngày"), order_by="valid_from", align="end", on_phone=False),
    )


def _limit(version: ProcedureVersion) -> str:
    """In short: without the hour of "in the day"."""
    limit = version.content.limit
    short = Said(limit.unit.label) if limit.unit is LimitUnit.SAME_DAY else limit.said
    return short.render(gettext)


def _whose(version: ProcedureVersion) -> str:
    return version.agency.short_name if version.agency else gettext("Quốc\u00a0gia")


def shown_versions(
    agency: Agency, person: Person, state: str, today: date
) -> QuerySet[ProcedureVersion]:
    """The versions of one state of the catalogue as it is for the agency."""
    seen = ProcedureVersion.objects.visible_to(person, today).select_related("procedure", "agency")
    if state == "in-force":
        return seen.in_force(agency, today)
    rows = seen.applying_to(agency, today)
    if state == "drafts":
        return rows.filter(status=VersionStatus.DRAFT)
    if state == "ended":
        return rows.filter(
            status__in=[VersionStatus.PUBLISHED, VersionStatus.WITHDRAWN], valid_to__lt=today
        )
    raise Http404


def ranked(
    rows: QuerySet[ProcedureVersion], text: str, agency: Agency, today: date
) -> QuerySet[ProcedureVersion]:
    """The rows that fit the words, in the order of fitting (column ``rank``)."""
    places = [
        When(procedure=version.procedure_id, then=Value(place))
        for place, version in enumerate(find(text, agency, today, limit=50))
    ]
    if not places:
        return rows.annotate(rank=Value(0, IntegerField())).filter(name__icontains=text)
    chosen = Case(*places, default=None, output_field=IntegerField())
    return rows.annotate(rank=chosen).filter(rank__isnull=False)


@login_required
def catalogue(request: HttpRequest, state: str = "in-force") -> HttpResponseBase:
    """The procedures of one's agency; searched, the best fit comes first."""
    person, _now, today = who(request)
    agency = own_agency(person, today)
    check_may(person, "procedures.view", agency, today)
    rows = shown_versions(agency, person, state, today)
    words = " ".join(request.GET.get("q", "").split())[:200]
    if words:
        rows = ranked(rows, words, agency, today)
    fields = shown_versions(agency, person, state, today).order_by("field")
    found = listing(
        request,
        rows,
        _columns("rank" if words else "sort_name"),
        filters=(
            ChoiceFilter(
                "field",
                _(PART_WORDS["field"]),
                lambda: [(f, f) for f in fields.values_list("field", flat=True).distinct()],
            ),
            ChoiceFilter("level", _(PART_WORDS["level"]), Level.choices()),
            ChoiceFilter("online", _(PART_WORDS["online"]), OnlineLevel.choices()),
            BooleanFilter("desk", _(PART_WORDS["at_desk"]), path="at_desk"),
            BooleanFilter(
                "incomplete", _("Còn thiếu thông tin"), when=lambda qs: qs.filter(is_complete=False)
            ),
        ),
        order="name",
        search=lambda queryset, _text: queryset,
        search_label=_("Tìm theo việc cần làm hoặc mã"),
        row_url=lambda version: _url(version),
        empty=Empty(_("Không có thủ tục nào"), _("Thử từ khác, hoặc bỏ bớt bộ lọc.")),
        file_name="thu-tuc",
    )
    tabs = [
        Tab(label, reverse("procedures:catalogue_state", args=[name]), current=name == state)
        for name, label in STATES.items()
    ]
    context = {
        "tabs": tabs,
        "may_edit": may(person, "procedures.edit", agency, today),
        "may_import": may(person, "procedures.publish", agency, today),
    }
    return found.respond("procedures/catalogue.html", context)


def _url(version: ProcedureVersion) -> str:
    return reverse("procedures:version", args=[version.procedure.code, version.no])


@login_required
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """A code leads to the version in force today, else to the latest one."""
    person, _now, today = who(request)
    agency = own_agency(person, today)
    seen = ProcedureVersion.objects.visible_to(person, today).filter(procedure__code=code)
    chosen = seen.in_force(agency, today).first() or seen.order_by("-no").first()
    if chosen is None:
        raise Http404
    return version(request, code, chosen.no)


@login_required
def version(request: HttpRequest, code: str, no: int) -> HttpResponse:
    """One version with all its parts, the other versions, and what it changed."""
    person, now, today = who(request)
    found = version_of(request, code, no)
    seen = ProcedureVersion.objects.visible_to(person, today).select_related("agency")
    others = list(seen.filter(procedure=found.procedure).order_by("-no"))
    before = next((v for v in others if v.no < no and v.status != VersionStatus.DISCARDED), None)
    agency = own_agency(person, today)
    names = dict(posts_of(found.agency or agency).values_list("code", "name"))
    context: dict[str, Any] = {
        "version": found,
        "content": found.content,
        "work": [(step, names.get(step.post, step.post)) for step in found.content.steps],
        "missing": [PART_WORDS[part] for part in missing_parts(found.content)],
        "others": others,
        "before": before,
        "changes": changes_between(before.content, found.content) if before else (),
        "steps": version_steps(found, person, now),
        "may_draft": found.status != VersionStatus.DRAFT
        and may(person, "procedures.edit", agency, today),
        "publish_form": PublishForm(initial={"decided_on": today, "valid_from": today}),
        "withdraw_form": WithdrawForm(initial={"last_day": today}),
        "is_in_force": found.status in (VersionStatus.PUBLISHED, VersionStatus.WITHDRAWN)
        and seen.in_force(agency, today).filter(pk=found.pk).exists(),
    }
    return render(request, "procedures/version.html", context)
