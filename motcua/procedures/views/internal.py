"""The inventory of internal procedures."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from motcua.core.errors import Refused
from motcua.core.text import fold
from motcua.org.permissions import check_may, may
from motcua.org.views.common import own_agency, who
from motcua.procedures import actions
from motcua.procedures.forms import EndForm, InternalForm, refuse
from motcua.procedures.models import InternalProcedure
from motcua.procedures.rules import Scope
from motcua.procedures.views.common import said, show_refusal
from motcua.ui.listing import BooleanFilter, ChoiceFilter, Column, Empty, listing
from motcua.ui.respond import redirect_after, sent_by

COLUMNS = (
    Column("name", _("Thủ tục"), order_by="name", primary=True, wide=True),
    Column("code", _("Mã"), order_by="code"),
    Column("field", _("Lĩnh vực"), order_by="field"),
    Column("scope", _("Nhóm"), render=lambda row: gettext(Scope(row.scope).label)),
    Column("limit_text", _("Thời hạn"), on_phone=False),
    Column("valid_from", _("Từ ngày"), order_by="valid_from", align="end", on_phone=False),
)


@login_required
def inventory(request: HttpRequest) -> HttpResponseBase:
    """Internal procedures of the agencies that the person may see."""
    person, _now, today = who(request)
    rows = listing(
        request,
        InternalProcedure.objects.visible_to(person, today).select_related("agency"),
        COLUMNS,
        filters=(
            ChoiceFilter("scope", _("Nhóm"), Scope.choices()),
            BooleanFilter(
                "ended", _("Đã ra khỏi danh mục"), when=lambda qs: qs.filter(valid_to__lt=today)
            ),
        ),
        order="code",
        search=lambda rows, text: rows.filter(folded__contains=fold(text)),
        search_label=_("Tìm theo tên"),
        row_url=lambda row: reverse("procedures:internal_procedure", args=[row.pk]),
        empty=Empty(
            _("Danh mục nội bộ còn trống"),
            _("Thủ tục nội bộ là thủ tục giữa các cơ quan, hoặc trong một cơ quan hành chính."),
        ),
        file_name="thu-tuc-noi-bo",
    )
    agency = own_agency(person, today)
    may_edit = may(person, "procedures.review", agency, today)
    return rows.respond("procedures/internal/inventory.html", {"may_edit": may_edit})


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Enter an internal procedure."""
    person, now, today = who(request)
    agency = own_agency(person, today)
    check_may(person, "procedures.review", agency, today)
    form = InternalForm(sent_by(request), initial={"valid_from": today})
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            made = actions.enter_internal(
                agency=agency, code=code, values=form.values(), by=person, at=now
            )
        except Refused as refusal:
            form.add_refusal(said(refusal), "code")
        else:
            return redirect_after(request, _url(made))
    status = 422 if form.errors else 200
    return render(request, "procedures/internal/edit.html", {"form": form}, status=status)


@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an internal procedure; its code stays."""
    person, now, today = who(request)
    found = _internal(request, pk)
    check_may(person, "procedures.review", found.agency, today)
    values = {name: getattr(found, name) for name in InternalForm.base_fields}
    form = InternalForm(sent_by(request), initial=values)
    form.fields["code"].disabled = True
    if request.method == "POST" and form.is_valid():
        lock = form.cleaned_data["lock"]
        try:
            actions.save_internal(
                procedure=found, values=form.values(), by=person, at=now, lock=lock
            )
        except Refused as refusal:
            refuse(form, refusal, found.lock)
        else:
            return redirect_after(request, _url(found))
    context = {"form": form, "procedure": found}
    status = 422 if form.errors else 200
    return render(request, "procedures/internal/edit.html", context, status=status)


@login_required
def procedure(request: HttpRequest, pk: int) -> HttpResponse:
    """One internal procedure with its reviews."""
    person, _now, today = who(request)
    found = _internal(request, pk)
    context = {
        "procedure": found,
        "scope": Scope(found.scope),
        "reviews": found.reviews.select_related("plan").order_by("-plan__year"),
        "may_edit": may(person, "procedures.review", found.agency, today),
        "end_form": EndForm(initial={"last_day": today}),
    }
    return render(request, "procedures/internal/procedure.html", context)


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an internal procedure off the inventory."""
    person, now, _today = who(request)
    found = _internal(request, pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "title": found.name, "back": _url(found)}
        return render(request, "procedures/internal/form.html", context, status=422)
    try:
        actions.end_internal(procedure=found, by=person, at=now, **form.cleaned_data)
    except Refused as refusal:
        show_refusal(request, refusal)
    return redirect_after(request, _url(found))


def _internal(request: HttpRequest, pk: int) -> InternalProcedure:
    person, _now, today = who(request)
    rows = InternalProcedure.objects.visible_to(person, today).select_related("agency")
    return get_object_or_404(rows, pk=pk)


def _url(procedure: InternalProcedure) -> str:
    return reverse("procedures:internal_procedure", args=[procedure.pk])
