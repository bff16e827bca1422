"""Forms of dossiers: the intake, and one for each step."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.workcalendar import national_calendar
from motcua.dossiers.actions.intake import ApplicantData, FeeData, Intake, PaperData
from motcua.dossiers.models import ApplicantKind, Dossier, ReturnWay
from motcua.org.models import Person
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import in_force_on
from motcua.procedures.rules.parts import Channel
from motcua.ui.forms import DateField, FilesField, Form, PersonField

PAPER_COUNTS = {
    "originals": _("Bản chính"),
    "certified": _("Chứng thực"),
    "photos": _("Bản chụp"),
    "electronic": _("Điện tử"),
    "pages": _("Số trang"),
}
SORTS = tuple(PAPER_COUNTS)[:4]  # copies; pages are none


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _choices(kinds: Any) -> list[tuple[str, str]]:
    return [(one.value, gettext(one.label)) for one in kinds]


class IntakeForm(Form):
    """A dossier as the desk types it; the papers are those of the procedure."""

    id_number = forms.CharField(
        label=_("Số định danh, CMND hoặc mã số"), required=False, max_length=20
    )
    full_name = forms.CharField(label=_("Họ tên, tên tổ chức"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Đối tượng"), required=False)
    born_on = DateField(label=_("Ngày sinh"), required=False)
    phone = forms.CharField(label=_("Điện thoại"), required=False, max_length=20)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    address = forms.CharField(label=_("Địa chỉ"), required=False, max_length=300)
    filer_name = forms.CharField(
        label=_("Người nộp thay, nếu có"),
        required=False,
        max_length=200,
    )
    about = forms.CharField(
        label=_("Nội dung yêu cầu"),
        required=False,
        max_length=1000,
        help_text=_("Để trống thì ghi tên thủ tục."),
    )
    channel = forms.ChoiceField(label=_("Kênh nộp"), required=False)
    return_way = forms.ChoiceField(label=_("Nhận kết quả"), required=False)
    sets = forms.IntegerField(label=_("Số bộ"), required=False, min_value=1, initial=1)
    cases = forms.IntegerField(label=_("Số trường hợp"), required=False, min_value=1)
    copies = forms.IntegerField(label=_("Số bản"), required=False, min_value=1)
    pages = forms.IntegerField(label=_("Số trang"), required=False, min_value=1)
    exemption = forms.ChoiceField(label=_("Miễn phí, lệ phí"), required=False)
    attached = FilesField(label=_("Tệp kèm theo"), required=False)
    text = forms.CharField(
        label=_("Cần hoàn thiện, hoặc lý do từ chối"),
        required=False,
        max_length=2000,
        widget=_lines(3),
        help_text=_("Chỉ cần khi hướng dẫn hoàn thiện hoặc từ chối."),
    )

    def __init__(self, *args: Any, version: ProcedureVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        content = version.content
        self._offer("kind", _choices(ApplicantKind))
        channels = content.channels or tuple(Channel)
        self._offer("channel", _choices(channels))
        self._offer("return_way", _choices(ReturnWay))
        grounds = [ground for fee in content.fees for ground in fee.exemptions]
        self._offer("exemption", [("", gettext("Không miễn")), *((one, one) for one in grounds)])
        for n, paper in enumerate(content.papers):
            self.fields[f"paper{n}"] = forms.BooleanField(label=paper.name, required=False)
            for count, word in PAPER_COUNTS.items():
                box = forms.NumberInput(attrs={"aria-label": f"{word}: {paper.name}"})
                self.fields[f"paper{n}_{count}"] = forms.IntegerField(
                    label=paper.name, required=False, min_value=0, max_value=999, widget=box
                )

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def paper_rows(self) -> list[dict[str, Any]]:
        """The checklist: each paper with its tick and its boxes."""
        return [
            {
                "paper": paper,
                "came": self[f"paper{n}"],
                "boxes": [self[f"paper{n}_{count}"] for count in PAPER_COUNTS],
            }
            for n, paper in enumerate(self.version.content.papers)
        ]

    def intake(self) -> Intake:
        """What was typed, as actions take it. A ticked paper without counts came as asked for."""
        said = self.cleaned_data
        filer = said["filer_name"].strip()
        return Intake(
            version=self.version,
            applicant=ApplicantData(
                full_name=said["full_name"],
                kind=ApplicantKind(said["kind"] or ApplicantKind.PERSON),
                born_on=said["born_on"],
                id_number=said["id_number"],
                phone=said["phone"],
                email=said["email"],
                address=said["address"],
            ),
            filer=ApplicantData(full_name=filer) if filer else None,
            papers=[self._paper(n) for n in range(len(self.version.content.papers))],
            summary=said["about"],
            channel=Channel(said["channel"] or Channel.DESK),
            sets=said["sets"] or 1,
            return_way=ReturnWay(said["return_way"] or ReturnWay.DESK),
            fee=FeeData(
                said["cases"] or 1, said["copies"] or 1, said["pages"] or 1, said["exemption"]
            ),
        )

    def _paper(self, n: int) -> PaperData:
        paper = self.version.content.papers[n]
        typed = {count: self.cleaned_data[f"paper{n}_{count}"] for count in PAPER_COUNTS}
        counts: dict[str, Any] = {count: value or 0 for count, value in typed.items()}
        if self.cleaned_data[f"paper{n}"] and not any(counts[one] for one in SORTS):
            counts |= {one: getattr(paper, one) for one in SORTS}
            if not any(counts[one] for one in SORTS):
                counts["originals"] = 1
        return PaperData(paper.name, code=paper.code, **counts)


# --- one form for each step -----------------------------------------------------------------------


class StepForm(Form):
    """Base of the forms of steps; its fields have the names that the action takes."""

    def __init__(self, *args: Any, dossier: Dossier, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier, self.now = dossier, now
        to = self.fields.get("to")
        if isinstance(to, PersonField):
            on = timezone.localtime(now).date()
            to.queryset = Person.objects.serving(dossier.agency, on)

    def values(self) -> dict[str, Any]:
        """The clean values as the action takes them."""
        return dict(self.cleaned_data)


def closing_of(day: Any) -> datetime:
    """Closing time of a day, or of the next working day."""
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    return national_calendar().add_calendar_days(midnight, 0).at


class PlainForm(StepForm):
    """A step that needs no words."""


class ToForm(StepForm):
    """To whom, with a word or without."""

    to = PersonField(queryset=Person.objects.none(), label=_("Chuyển cho"), required=False)
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=1000, widget=_lines(2))


class TransferForm(StepForm):
    """To whom, and why."""

    to = PersonField(queryset=Person.objects.none(), label=_("Chuyển cho"))
    reason = forms.CharField(label=_("Lý do"), max_length=1000, widget=_lines(2))


class ReasonForm(StepForm):
    """A step that needs its reason."""

    reason = forms.CharField(
        label=_("Lý do"),
        max_length=1000,
        widget=_lines(3),
        help_text=_("Người dân sẽ đọc câu này."),
    )


class AskForm(StepForm):
    """What is asked for, all at once."""

    text = forms.CharField(
        label=_("Cần gì"),
        max_length=2000,
        widget=_lines(3),
        help_text=_("Ghi đủ mọi điểm cần bổ sung trong một lần."),
    )


class AnswerForm(StepForm):
    """What came."""

    text = forms.CharField(label=_("Đã nhận gì"), required=False, max_length=2000, widget=_lines(2))


class ConsultForm(StepForm):
    """Whom, what, until when."""

    of = forms.CharField(label=_("Cơ quan được hỏi"), max_length=200)
    text = forms.CharField(label=_("Nội dung"), max_length=2000, widget=_lines(2))
    until = DateField(label=_("Trả lời trước ngày"), required=False)

    def values(self) -> dict[str, Any]:
        """The day runs to closing."""
        said = dict(self.cleaned_data)
        until = said["until"]
        return said | {"until": closing_of(until) if until else None}


class HearForm(StepForm):
    """What the other agency said."""

    answer = forms.CharField(label=_("Ý kiến trả lời"), max_length=2000, widget=_lines(2))


class ResultForm(StepForm):
    """The result's number, where it has one."""

    number = forms.CharField(label=_("Số, ký hiệu kết quả"), required=False, max_length=60)


class HandOverForm(StepForm):
    """To whom, by which way."""

    to = forms.CharField(label=_("Người nhận"), max_length=200)
    way = forms.ChoiceField(label=_("Cách trả"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        way = self.fields["way"]
        assert isinstance(way, forms.ChoiceField)
        way.choices = _choices(ReturnWay)
        self.initial = {
            "to": self.dossier.applicant.full_name,
            "way": self.dossier.return_way,
            **self.initial,
        }

    def values(self) -> dict[str, Any]:
        """The way as the action takes it."""
        return {"to": self.cleaned_data["to"], "way": ReturnWay(self.cleaned_data["way"])}


class ApologyForm(StepForm):
    """Why, and the one new date."""

    reason = forms.CharField(label=_("Lý do chậm"), max_length=1000, widget=_lines(2))
    due_at = DateField(label=_("Hẹn lại ngày"))

    def values(self) -> dict[str, Any]:
        """The day runs to closing."""
        said = self.cleaned_data
        return {"reason": said["reason"], "due_at": closing_of(said["due_at"])}


class MendForm(StepForm):
    """What was taken in wrongly, and why it is changed."""

    version = forms.ChoiceField(label=_("Thủ tục đúng"), required=False)
    about = forms.CharField(label=_("Nội dung đúng"), required=False, max_length=1000)
    reason = forms.CharField(label=_("Lý do sửa"), max_length=1000, widget=_lines(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        received = self.dossier.received_at or self.now
        valid = in_force_on(self.dossier.agency, timezone.localtime(received).date())
        self._versions = {str(version.pk): version for version in valid.values()}
        field = self.fields["version"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", gettext("Giữ nguyên")),
            *((pk, f"{one.procedure.code} {one.name}") for pk, one in self._versions.items()),
        ]

    def values(self) -> dict[str, Any]:
        """The version as a row."""
        said = self.cleaned_data
        return {
            "version": self._versions.get(said["version"]),
            "summary": said["about"],
            "reason": said["reason"],
        }


STEP_FORMS: dict[str, type[StepForm]] = {
    "accept": PlainForm,
    "ask_completion": AskForm,
    "complete": AnswerForm,
    "refuse": ReasonForm,
    "forward": ToForm,
    "hand_on": ToForm,
    "present": ToForm,
    "send_back": ReasonForm,
    "sign": ResultForm,
    "settle": ResultForm,
    "hand_over": HandOverForm,
    "ask_supplement": AskForm,
    "supply": AnswerForm,
    "expire": PlainForm,
    "ask_payment": AskForm,
    "confirm_payment": AnswerForm,
    "consult": ConsultForm,
    "hear": HearForm,
    "apologise": ApologyForm,
    "transfer": TransferForm,
    "decline": ReasonForm,
    "stop": ReasonForm,
    "withdraw": ReasonForm,
    "correct": MendForm,
    "repair": MendForm,
}
"""The form of each step on a dossier; those that make one come from the intake form."""
