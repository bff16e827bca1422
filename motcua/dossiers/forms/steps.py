"""One form for each step on a dossier; its fields have the names that the action takes."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.workcalendar import national_calendar
from motcua.dossiers.actions.intake import FeeData
from motcua.dossiers.forms.fields import as_asked, choices, lines
from motcua.dossiers.models import Dossier, PayWay, ReturnWay
from motcua.dossiers.rules.refunds import refundable
from motcua.org.models import Agency, Person
from motcua.procedures.queries import in_force_on
from motcua.ui.forms import DateField, Form, PersonField


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
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=1000, widget=lines(2))


class NoteForm(StepForm):
    """A word that goes with it."""

    note = forms.CharField(
        label=_("Nội dung trả lời"), required=False, max_length=1000, widget=lines(3)
    )


class TransferForm(StepForm):
    """To whom, and why."""

    to = PersonField(queryset=Person.objects.none(), label=_("Chuyển cho"))
    reason = forms.CharField(label=_("Lý do"), max_length=1000, widget=lines(2))


class ReasonForm(StepForm):
    """A step that needs its reason."""

    reason = forms.CharField(
        label=_("Lý do"),
        max_length=1000,
        widget=lines(3),
        help_text=_("Người dân sẽ đọc câu này."),
    )


class AskForm(StepForm):
    """What is asked for, all at once."""

    text = forms.CharField(
        label=_("Cần gì"),
        max_length=2000,
        widget=lines(3),
        help_text=_("Ghi đủ mọi điểm cần bổ sung trong một lần."),
    )


class AnswerForm(StepForm):
    """What came."""

    text = forms.CharField(label=_("Đã nhận gì"), required=False, max_length=2000, widget=lines(2))


class ConsultForm(StepForm):
    """Whom, what, until when."""

    of = forms.CharField(label=_("Cơ quan được hỏi"), max_length=200)
    text = forms.CharField(label=_("Nội dung"), max_length=2000, widget=lines(2))
    until = DateField(label=_("Trả lời trước ngày"), required=False)

    def values(self) -> dict[str, Any]:
        """The day runs to closing."""
        said = dict(self.cleaned_data)
        until = said["until"]
        return said | {"until": closing_of(until) if until else None}


class HearForm(StepForm):
    """What the other agency said."""

    answer = forms.CharField(label=_("Ý kiến trả lời"), max_length=2000, widget=lines(2))


class SendOutForm(StepForm):
    """To which agency, until when. A name that this installation knows is that agency."""

    to = forms.CharField(label=_("Cơ quan nhận"), max_length=200)
    until = DateField(
        label=_("Trả lại trước ngày"), help_text=_("Trước ngày hẹn trả kết quả cho người dân.")
    )
    note = forms.CharField(label=_("Nội dung"), required=False, max_length=1000, widget=lines(2))

    def values(self) -> dict[str, Any]:
        """The day runs to closing."""
        said = dict(self.cleaned_data)
        on = timezone.localtime(self.now).date()
        known = Agency.objects.existing_on(on).filter(name__iexact=said["to"].strip()).first()
        return said | {"until": closing_of(said["until"]), "agency": known}


class CollectForm(StepForm):
    """How the money came."""

    way = forms.ChoiceField(label=_("Hình thức thu"))
    reference = forms.CharField(
        label=_("Mã giao dịch"),
        required=False,
        max_length=60,
        help_text=_("Khi chuyển khoản: chỉ ghi nhận sau khi đã thấy tiền về."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        way = self.fields["way"]
        assert isinstance(way, forms.ChoiceField)
        way.choices = choices(PayWay)

    def values(self) -> dict[str, Any]:
        """The way as the action takes it."""
        return self.cleaned_data | {"way": PayWay(self.cleaned_data["way"])}


class RefundForm(StepForm):
    """How much goes back, how, why; all that can, unless less is typed."""

    amount = forms.IntegerField(label=_("Số tiền hoàn (đồng)"), min_value=1)
    way = forms.ChoiceField(label=_("Hình thức hoàn"))
    reference = forms.CharField(label=_("Mã giao dịch"), required=False, max_length=60)
    reason = forms.CharField(label=_("Lý do hoàn"), max_length=1000, widget=lines(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        way, row = self.fields["way"], self.dossier
        assert isinstance(way, forms.ChoiceField)
        way.choices = choices(PayWay)
        most = refundable(row.status, row.paid, row.overpaid or 0)
        self.initial = {"amount": most, **self.initial}

    def values(self) -> dict[str, Any]:
        """The way as the action takes it."""
        return {**self.cleaned_data, "way": PayWay(self.cleaned_data["way"])}


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
        way.choices = choices(ReturnWay)
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

    reason = forms.CharField(label=_("Lý do chậm"), max_length=1000, widget=lines(2))
    due_at = DateField(label=_("Hẹn lại ngày"))

    def values(self) -> dict[str, Any]:
        """The day runs to closing."""
        said = self.cleaned_data
        return {"reason": said["reason"], "due_at": closing_of(said["due_at"])}


class MendForm(StepForm):
    """What was taken in wrongly, and why it is changed."""

    version = forms.ChoiceField(label=_("Thủ tục đúng"), required=False)
    about = forms.CharField(label=_("Nội dung đúng"), required=False, max_length=1000)
    came = forms.BooleanField(
        label=_("Đã nhận đủ giấy tờ bắt buộc của thủ tục đúng"),
        required=False,
        help_text=_("Giấy tờ đã nhận được giữ; để trống thì giấy còn thiếu được ghi rõ."),
    )
    cases = forms.IntegerField(label=_("Số trường hợp"), required=False, min_value=1)
    copies = forms.IntegerField(label=_("Số bản"), required=False, min_value=1)
    pages = forms.IntegerField(
        label=_("Số trang"),
        required=False,
        min_value=1,
        help_text=_("Chỉ ghi khi phí tính theo trường hợp, bản hoặc trang."),
    )
    reason = forms.CharField(label=_("Lý do sửa"), max_length=1000, widget=lines(2))

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
        """The version as a row, its papers as they were asked for, the fee where it was counted."""
        said = self.cleaned_data
        version = self._versions.get(said["version"])
        content = (version or self.dossier.version).content
        return {
            "version": version,
            "summary": said["about"],
            "papers": [as_asked(one) for one in content.papers if one.is_required]
            if said["came"]
            else [],
            "fee": self._fee(),
            "reason": said["reason"],
        }

    def _fee(self) -> FeeData | None:
        said = {name: self.cleaned_data[name] for name in ("cases", "copies", "pages")}
        if not any(said.values()):
            return None
        granted = self.dossier.charges.exclude(exemption="").first()
        counts = {name: count or 1 for name, count in said.items()}
        return FeeData(**counts, exemption=granted.exemption if granted else "")


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
    "collect_fee": CollectForm,
    "undo_fee": ReasonForm,
    "refund_fee": RefundForm,
    "send_out": SendOutForm,
    "bring_back": ToForm,
    "give_back": NoteForm,
    "correct": MendForm,
    "repair": MendForm,
}
"""The form of each step on a dossier; those that make one come from the intake form."""
