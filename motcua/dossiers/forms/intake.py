"""The intake as the desk types it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.actions.intake import ApplicantData, FeeData, Intake, PaperData
from motcua.dossiers.forms.fields import SORTS, as_asked, choices, lines
from motcua.dossiers.models import ApplicantKind, PayWay, ReturnWay
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.rules.parts import Channel
from motcua.ui.forms import DateField, FilesField, Form

PAPER_COUNTS = {
    "originals": _("Bản chính"),
    "certified": _("Chứng thực"),
    "photos": _("Bản chụp"),
    "electronic": _("Điện tử"),
    "pages": _("Số trang"),
}


_WAYS = ("channel", "return_way", "sets")


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
    cases = forms.IntegerField(label=_("Số trường hợp"), required=False, min_value=1, initial=1)
    copies = forms.IntegerField(label=_("Số bản"), required=False, min_value=1, initial=1)
    pages = forms.IntegerField(label=_("Số trang"), required=False, min_value=1, initial=1)
    exemption = forms.ChoiceField(label=_("Miễn phí, lệ phí"), required=False)
    paid = forms.ChoiceField(label=_("Đã thu"), required=False)
    attached = FilesField(label=_("Tệp kèm theo"), required=False)
    text = forms.CharField(
        label=_("Cần hoàn thiện, hoặc lý do từ chối"),
        required=False,
        max_length=2000,
        widget=lines(3),
        help_text=_("Chỉ cần khi hướng dẫn hoàn thiện hoặc từ chối."),
    )

    def __init__(self, *args: Any, version: ProcedureVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        content = version.content
        self._offer("kind", choices(ApplicantKind))
        channels = content.channels or tuple(Channel)
        self._offer("channel", choices(channels))
        self._offer("paid", [("", gettext("Chưa thu")), *choices(PayWay)])
        self._offer("return_way", choices(ReturnWay))
        grounds = [ground for fee in content.fees for ground in fee.exemptions]
        self._offer("exemption", [("", gettext("Không miễn")), *((one, one) for one in grounds)])
        for n, paper in enumerate(content.papers):
            self.fields[f"paper{n}"] = forms.BooleanField(label=paper.name, required=False)
            for count, word in PAPER_COUNTS.items():
                box = forms.NumberInput(attrs={"aria-label": f"{word}: {paper.name}"})
                self.fields[f"paper{n}_{count}"] = forms.IntegerField(
                    label=paper.name, required=False, min_value=0, max_value=999, widget=box
                )

    def _offer(self, name: str, offered: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offered

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

    @property
    def is_more_of_person(self) -> bool:
        """Something stands, or is wrong, in the fields that are seldom filled."""
        kind = self["kind"].value() not in (None, "", ApplicantKind.PERSON)
        return kind or any(self[name].value() for name in ("email", "filer_name"))

    @property
    def is_other_way(self) -> bool:
        """How the dossier comes and its result goes is not as usual, or is wrong."""
        said = [str(self[name].value() or "") for name in _WAYS]
        return any(one not in ("", usual) for one, usual in zip(said, self._usual, strict=True))

    @property
    def usual_way(self) -> str:
        """How it is, unless said otherwise, in words."""
        channel, way, sets = self._usual
        words = (Channel(channel).label, ReturnWay(way).label)
        sets_words = gettext("%(n)s bộ") % {"n": sets}
        return ", ".join([*(gettext(one) for one in words), sets_words])

    @property
    def _usual(self) -> tuple[str, str, str]:
        channels = self.version.content.channels or tuple(Channel)
        return str(channels[0]), str(ReturnWay.DESK), "1"

    def focus_on_next(self) -> None:
        """The cursor stands where the next entry is: who it is, then the papers."""
        first = "paper0" if self.version.content.papers else "about"
        if not self["full_name"].value():
            first = "full_name" if self["id_number"].value() else "id_number"
        self.fields[first].widget.attrs["autofocus"] = True

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
            return replace(as_asked(paper), pages=counts["pages"])
        return PaperData(paper.name, code=paper.code, **counts)
