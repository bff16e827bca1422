"""The one-stop desk: intake, lists, each step of a dossier."""

from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers.api.steps import BODIES
from motcua.dossiers.forms import STEP_FORMS
from motcua.dossiers.rules import STEPS
from motcua.dossiers.rules.elsewhere import THEIRS
from motcua.dossiers.rules.queue import TICKET_STEPS
from motcua.dossiers.rules.status import WORK
from motcua.dossiers.views.kiosk import kiosk_address
from motcua.dossiers.views.together import TOGETHER
from tests.rights.people import SERVING
from tests.rights.rows import EVERYONE, Row, upload
from tests.rights.world import COMMUNE, NATIONAL

SEES = {"sees": "dossiers.view"}
DESK = {"needs": "dossiers.receive", "home": True}
MINE = {"only": {"motcua"}, "hidden": True}
TYPED = {
    "full_name": "Nguyễn Văn Đỏ",
    "id_number": "038190000009",
    "address": "Thôn 3",
    **{f"paper{n}": "on" for n in range(9)},
    "text": "",
}
SENT = {
    "reason": "Vì sao",
    "text": "Bản sao hộ khẩu",
    "answer": "Đồng ý",
    "of": "Công an xã",
    "number": "12",
    "due_at": "29/3/2024",
    "way": "desk",
    "about": "Nội dung đúng",
    "until": "",
}
#: States that the world holds, the running ones first.
PREFERRED = ("processing", "signing", "received", "settled", "waiting", "owing", "consulting")
#: Their day has not come, or is past; the right is asked before.
NOT_NOW = {"expire", "apologise", "undo_fee"}


def _state(step: str) -> str:
    """A state from which the step leads on."""
    if step == "correct":
        return "received"  # today
    states = {str(state) for state in STEPS[step].sources}
    return next(one for one in (*PREFERRED, "submitted", "incomplete") if one in states)


#: Steps whose dossier is told by more than its state.
OF_STEP = {"bring_back": "away", "give_back": "handed", "refund_fee": "withdrawn"}


def _dossier(w, step):
    return w.dossiers[OF_STEP.get(step) or _state(step)]


def _held(step: str) -> dict:
    """Handling is for who has the dossier, or may sign; a fresh one is in nobody's hands."""
    if STEPS[step].needs != WORK or step in ("bring_back", "give_back"):
        return {}
    return {"only": {"tuphap"}, "or_with": "dossiers.sign"}


def _sent(w, step):
    to = "Nguyễn Văn Đỏ" if step in ("hand_over", "send_out") else w.org.diachinh.pk
    sent = SENT | {"to": to, "lock": _dossier(w, step).lock}
    if step == "send_out":
        sent["until"] = "29/3/2024"
    if step == "refund_fee":
        sent["amount"] = 15000
    return sent | ({"way": "cash"} if step in ("collect_fee", "refund_fee") else {})


def _told(w, step):
    """The same words for a program."""
    moments = {"due_at": "2024-03-29T17:00:00+07:00", "until": None}
    if step == "send_out":
        moments["until"] = moments["due_at"]
    return _sent(w, step) | moments


RECEIVED = {
    "agency": COMMUNE,
    "procedure": NATIONAL,
    "do": "submit",
    "applicant": {"full_name": "Nguyễn Văn Đỏ", "id_number": "038190000009"},
}
ONE = {"args": lambda w: {"pk": w.dossier.pk}, **SEES}
TAKE_IN = {"needs": "dossiers.receive", **SEES}
OPERATIONS = [
    Row("/dossiers", **SEES, shows=lambda w: f'"{w.dossier.code}"'),
    Row("/dossiers", "POST", sent=RECEIVED, **TAKE_IN),
    Row(
        "/dossiers/together",
        "POST",
        sent={"rows": [RECEIVED]},
        unseen="without effect",
        **TAKE_IN,
    ),
    Row(
        "/dossiers/outside/{owner}/{code}",
        "PUT",
        args={"owner": "Cổng", "code": "H56-1"},
        sent={
            "agency": COMMUNE,
            "procedure": NATIONAL,
            "applicant": {"full_name": "Nguyễn Văn Đỏ"},
            "status": 1,
            "submitted_at": "2024-03-04T09:00:00+07:00",
        },
        sees="dossiers.mirror",
    ),
    Row("/dossiers/handed", **SEES, handed=True, shows=lambda w: w.handed.code),
    Row("/dossiers/{pk}", **ONE),
    Row("/dossiers/{pk}", step="handed", args=lambda w: {"pk": w.handed.pk}, **SEES, handed=True),
    Row("/dossiers/{pk}/events", **ONE),
    Row(
        "/dossiers/{pk}/slips/{slip}",
        args=lambda w: {"pk": w.dossier.pk, "slip": w.dossier.slips.first().pk},
        query="form=docx",
        **SEES,
    ),
    Row("/dossiers/{pk}/control", query="form=docx", **ONE),
    Row(
        "/dossiers/register/figures",
        query=f"agency={COMMUNE}&start=2024-03-01&end=2024-03-31",
        **SEES,
    ),
    Row(
        "/dossiers/fees/figures", query=f"agency={COMMUNE}&start=2024-03-01&end=2024-03-31", **SEES
    ),
    Row("/dossiers/{pk}/files", **ONE),
    Row("/dossiers/{pk}/files", "POST", sent={"files": upload}, needs="dossiers.process", **ONE),
    Row(
        "/dossiers/{pk}/files/{file_pk}",
        args=lambda w: {"pk": w.dossier.pk, "file_pk": w.dossier_file.pk},
        **SEES,
    ),
    *(
        Row(
            f"/dossiers/{{pk}}/steps/{step}",
            "POST",
            args=lambda w, step=step: {"pk": _dossier(w, step).pk},
            sent=lambda w, step=step: _told(w, step),
            needs=STEPS[step].needs,
            traceless=step in NOT_NOW,
            handed=step in THEIRS,
            **_held(step),
            **SEES,
        )
        for step in BODIES
    ),
]

LIST = (
    "Mã hồ sơ;Mã thủ tục;Chủ hồ sơ;Trạng thái;Ngày nộp\n"
    f"H56-1;{NATIONAL};Nguyễn Văn Đỏ;1;04/03/2024\n"
)


def _list() -> SimpleUploadedFile:
    return SimpleUploadedFile("danh-sach.csv", LIST.encode())


def _kiosk(w) -> str:
    """The signed part of the address that the desk opens."""
    return kiosk_address(w.org.commune).strip("/").rpartition("/")[2]


ROWS = [
    Row("dossiers:dossiers", **SEES, shows=lambda w: f"/dossiers/{w.dossier.pk}/"),
    Row("dossiers:choose", **DESK),
    Row("dossiers:new", args=[NATIONAL], **DESK),
    Row("dossiers:new", "POST", args=[NATIONAL], sent=TYPED, **DESK),
    Row(
        "dossiers:keep",
        "POST",
        args=[NATIONAL],
        sent=TYPED,
        traceless=True,
        **DESK,
    ),
    Row("dossiers:outside", needs="dossiers.mirror", home=True),
    Row(
        "dossiers:outside",
        "POST",
        sent=lambda _w: {"owner": "Cổng", "file": _list()},
        needs="dossiers.mirror",
        home=True,
    ),
    Row("dossiers:queue", **DESK),
    Row("dossiers:queue", "POST", sent={"do": "take"}, traceless=True, **DESK),
    *(
        Row(
            "dossiers:number",
            "POST",
            step=step,
            args=lambda w, step=step: [w.called.pk, step],
            only=SERVING,
            hidden=True,
            traceless=True,
            **DESK,
        )
        for step in sorted(one.name for one in TICKET_STEPS if "called" in one.sources)
    ),
    Row("dossiers:hall", args=[COMMUNE], who=EVERYONE),
    Row("dossiers:kiosk", args=lambda w: [_kiosk(w)], who=EVERYONE),
    Row("dossiers:kiosk", "POST", args=lambda w: [_kiosk(w)], who=EVERYONE, traceless=True),
    Row("dossiers:kiosk_number", args=lambda w: [_kiosk(w), w.ticket.number], who=EVERYONE),
    Row("dossiers:resume", args=lambda w: [w.intake_draft.pk], **MINE),
    Row(
        "dossiers:drop_draft",
        "POST",
        args=lambda w: [w.intake_draft.pk],
        traceless=True,
        **MINE,
    ),
    *(
        Row(
            "dossiers:together",
            "POST",
            step=step,
            args=[step],
            sent=lambda w, step=step: (
                _sent(w, step) | {"selected": [str(_dossier(w, step).pk)], "together": "1"}
            ),
            needs=STEPS[step].needs,
            unseen="without effect",
            **_held(step),
            **SEES,
        )
        for step in TOGETHER
    ),
    Row("dossiers:dossier", args=lambda w: [w.dossier.pk], **SEES),
    Row("dossiers:handed", **SEES, handed=True, shows=lambda w: f"/dossiers/{w.handed.pk}/"),
    Row("dossiers:dossier", step="handed", args=lambda w: [w.handed.pk], **SEES, handed=True),
    Row(
        "dossiers:slip",
        step="handed",
        args=lambda w: [w.handed.pk, w.handed.slips.last().pk, "docx"],
        **SEES,
        handed=True,
    ),
    Row("dossiers:proof", args=lambda w: [w.dossier.pk], **SEES),
    *(
        Row(
            "dossiers:step",
            "POST",
            step=step,
            args=lambda w, step=step: [_dossier(w, step).pk, step],
            sent=lambda w, step=step: _sent(w, step),
            needs=STEPS[step].needs,
            traceless=step in NOT_NOW,
            handed=step in THEIRS,
            **_held(step),
            **SEES,
        )
        for step in STEP_FORMS
    ),
    Row("dossiers:slip", args=lambda w: [w.dossier.pk, w.dossier.slips.first().pk, "docx"], **SEES),
    Row("dossiers:control", args=lambda w: [w.dossier.pk, "docx"], **SEES),
    Row("dossiers:desk", query=f"agency={COMMUNE}", **SEES),
    Row("dossiers:fees", query=f"agency={COMMUNE}", **SEES),
    Row("dossiers:refunds", query=f"agency={COMMUNE}", **SEES),
    Row("dossiers:guidance", query=f"agency={COMMUNE}", **SEES),
    Row("dossiers:register", query=f"agency={COMMUNE}", **SEES),
    Row("dossiers:register_pdf", query=f"agency={COMMUNE}", **SEES),
    Row("dossiers:file", args=lambda w: [w.dossier.pk, w.dossier_file.pk], **SEES),
    *OPERATIONS,
]
