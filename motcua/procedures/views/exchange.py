"""Files of procedures: look first, then import; export in the same shape."""

from __future__ import annotations

import base64
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.core.errors import Refused
from motcua.org.permissions import check_may
from motcua.org.views.common import own_agency, who
from motcua.procedures.actions import ImportFaulty, import_rows, plan_rows
from motcua.procedures.forms import ImportForm
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.sheets import read_file, write_xlsx, write_yaml
from motcua.procedures.views.common import said, show_refusal
from motcua.ui.respond import redirect_after, sent_by

#: How long a file looked at may be imported without sending it again, in seconds.
PREVIEW_SECONDS = 3600
_SALT = "procedures.import"
MEDIA = {
    "yaml": "application/yaml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@login_required
def import_file(request: HttpRequest) -> HttpResponse:
    """Choose a file → see what it would change, or what is wrong in which row → import."""
    person, _now, today = who(request)
    agency = own_agency(person, today)
    check_may(person, "procedures.publish", agency, today)
    if "sealed" in request.POST:
        return _store(request)
    form = ImportForm(sent_by(request), request.FILES or None)
    context: dict[str, Any] = {"form": form, "agency": agency}
    if request.method == "POST" and form.is_valid():
        file, day = form.cleaned_data["file"], form.cleaned_data["valid_from"]
        content = file.read()
        try:
            planned = plan_rows(agency=agency, rows=read_file(file.name, content), valid_from=day)
        except ImportFaulty as refusal:
            form.add_refusal(said(refusal), "file")
            context["faults"] = refusal.faults
        except Refused as refusal:
            form.add_refusal(said(refusal), "file")
        else:
            context["planned"] = [one for one in planned if one.what != "same"]
            context["same"] = len(planned) - len(context["planned"])
            context["sealed"] = _seal(file.name, content, form.cleaned_data)
    status = 422 if form.errors else 200
    return render(request, "procedures/import.html", context, status=status)


def _seal(name: str, content: bytes, said: dict[str, Any]) -> str:
    """The file travels with the preview, signed: nothing is kept on the server for a look."""
    days = {key: said[key].isoformat() for key in ("decided_on", "valid_from")}
    value = {"name": name, "content": base64.b64encode(content).decode(), **days}
    return signing.dumps(value | {"decision": said["decision"]}, salt=_SALT, compress=True)


def _store(request: HttpRequest) -> HttpResponse:
    person, now, today = who(request)
    try:
        value = signing.loads(request.POST["sealed"], salt=_SALT, max_age=PREVIEW_SECONDS)
        rows = read_file(value["name"], base64.b64decode(value["content"]))
        import_rows(
            agency=own_agency(person, today),
            rows=rows,
            valid_from=date.fromisoformat(value["valid_from"]),
            decided_on=date.fromisoformat(value["decided_on"]),
            decision=value["decision"],
            by=person,
            at=now,
        )
    except signing.BadSignature:
        return redirect_after(request, reverse("procedures:import"))
    except Refused as refusal:
        show_refusal(request, refusal)
        return redirect_after(request, reverse("procedures:import"))
    return redirect_after(request, reverse("procedures:catalogue"))


@login_required
def export_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The procedures in force for one's agency, in the shape that the import reads."""
    person, _now, today = who(request)
    agency = own_agency(person, today)
    check_may(person, "procedures.view", agency, today)
    if kind not in MEDIA:
        raise Http404
    rows = ProcedureVersion.objects.in_force(agency, today).select_related("procedure")
    return answer_file(rows.order_by("procedure__code"), kind)


def answer_file(rows: Any, kind: str) -> HttpResponse:
    """The rows as a download."""
    content = write_yaml(rows) if kind == "yaml" else write_xlsx(rows)
    response = HttpResponse(content, content_type=MEDIA[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="thu-tuc.{kind}"'
    return response
