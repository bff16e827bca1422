"""Enter a list of another system's dossiers, and see of each row what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.errors import Refused
from motcua.dossiers.actions.outside import Mirrored, mirror
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import MIRROR
from motcua.dossiers.sheets import COLUMNS, Line, read_lines
from motcua.dossiers.views.common import said
from motcua.org.models import Agency
from motcua.org.permissions import check_may
from motcua.org.queries import home_agency
from motcua.org.views.common import who
from motcua.ui.forms import Form

WORDS = {
    Mirrored.NEW: _("ghi nhận mới"),
    Mirrored.CHANGED: _("cập nhật"),
    Mirrored.SAME: _("không đổi"),
}


class OutsideForm(Form):
    """Whose dossiers, and the list."""

    owner = forms.CharField(
        label=_("Hệ thống quản lý hồ sơ"),
        max_length=100,
        help_text=_("Tên thống nhất cho mọi lần nhập, như “Cổng Dịch vụ công quốc gia”."),
    )
    file = forms.FileField(label=_("Danh sách (XLSX hoặc CSV)"))


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a row: the record, or why it was refused."""

    line: Line
    done: str = ""
    dossier: Dossier | None = None
    refused: str = ""


@login_required
def outside(request: HttpRequest) -> HttpResponse:
    """Send a list; each row is judged by itself, and a refused one holds up no other."""
    person, _now, on = who(request)
    agency = home_agency(person, on)
    if agency is None:
        raise Http404
    check_may(person, MIRROR, agency, on)
    form = OutsideForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    context = {"form": form, "agency": agency, "columns": list(COLUMNS)}
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            lines = read_lines(file.name, file.read())
        except Refused as refusal:
            form.add_refusal(said(refusal), "file")
        else:
            reports = [_entered(request, agency, form.cleaned_data["owner"], one) for one in lines]
            context |= {"reports": reports, "counts": _counted(reports)}
    status = 422 if form.errors else 200
    return render(request, "dossiers/outside.html", context, status=status)


def _entered(request: HttpRequest, agency: Agency, owner: str, line: Line) -> Report:
    person, now, _on = who(request)
    try:
        dossier, done = mirror(
            agency=agency, owner=owner, code=line.code[:60], said=line.data(), by=person, at=now
        )
    except Refused as refusal:
        return Report(line, refused=said(refusal))
    return Report(line, done=str(WORDS[done]), dossier=dossier)


def _counted(reports: list[Report]) -> list[tuple[str, int]]:
    """How many rows ended how, in the words of the report."""
    counts = Counter(one.done or gettext("không nhận") for one in reports)
    return sorted(counts.items())
