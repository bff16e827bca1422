"""Forms of procedures: the parts of a version, its publication, files, reviews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.errors import Refused
from motcua.org.models import Agency, Post
from motcua.procedures.models import InternalProcedure, Review, ReviewPlan
from motcua.procedures.rules import (
    Channel,
    CodeWrong,
    ComplianceCost,
    Component,
    Content,
    ContentFaulty,
    CostLine,
    FeeBasis,
    FeeKind,
    Level,
    OnlineLevel,
    Outcome,
    Scope,
    national_code,
)
from motcua.procedures.rules.parts import PART_WORDS
from motcua.ui.forms import DateField, FileField, Form, MoneyField, MoneyInput, NumberField
from motcua.ui.text import Text


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _words(label: Text) -> Any:
    return forms.CharField(label=label, required=False, max_length=500)


def _count(label: Text) -> Any:
    return forms.CharField(
        label=label,
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
    )


class CodeForm(Form):
    """The code of a procedure that the catalogue does not have yet."""

    code = forms.CharField(label=_("Mã thủ tục"), max_length=30, help_text=_("Như 1.001193."))

    def clean_code(self) -> str:
        """The national code."""
        try:
            return national_code(self.cleaned_data["code"])
        except CodeWrong as refusal:
            raise forms.ValidationError(refusal.sentence(gettext(refusal.message))) from refusal


class ContentForm(Form):
    """The parts of a procedure that are no lists."""

    name = forms.CharField(label=_(PART_WORDS["name"]), max_length=1000, widget=_lines(2))
    field = forms.CharField(label=_(PART_WORDS["field"]), max_length=200)
    authority = forms.CharField(label=_(PART_WORDS["authority"]), required=False, max_length=1000)
    subjects = forms.CharField(label=_(PART_WORDS["subjects"]), required=False, max_length=1000)
    level = forms.ChoiceField(label=_(PART_WORDS["level"]), choices=Level.choices)
    at_desk = forms.BooleanField(label=_("Tiếp nhận tại Bộ phận Một cửa"), required=False)
    limit = forms.CharField(
        label=_(PART_WORDS["limit"]),
        required=False,
        max_length=120,
        help_text=_("Ghi như “5 ngày làm việc”, “15 ngày”, “8 giờ”, “trong ngày, sau 15 giờ …”."),
    )
    online_limit = forms.CharField(
        label=_(PART_WORDS["online_limit"]),
        required=False,
        max_length=120,
        help_text=_("Để trống nếu như nhau."),
    )
    channels = forms.MultipleChoiceField(
        label=_(PART_WORDS["channels"]),
        required=False,
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    online = forms.ChoiceField(label=_(PART_WORDS["online"]), choices=OnlineLevel.choices)
    online_reason = forms.CharField(
        label=_(PART_WORDS["online_reason"]),
        required=False,
        max_length=1000,
        help_text=_("Được công khai; cần có khi chưa toàn trình."),
    )
    fee_note = forms.CharField(label=_(PART_WORDS["fee_note"]), required=False, max_length=1000)
    legal_bases = forms.CharField(
        label=_(PART_WORDS["legal_bases"]),
        required=False,
        widget=_lines(4),
        help_text=_("Mỗi dòng một văn bản."),
    )
    notes = forms.CharField(label=_(PART_WORDS["notes"]), required=False, widget=_lines(2))
    lock = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PaperForm(Form):
    """A line of the papers; an empty one is left out."""

    name = _words(_("Tên giấy tờ"))
    originals = _count(_("Bản chính"))
    certified = _count(_("Chứng thực"))
    photos = _count(_("Bản chụp"))
    electronic = _count(_("Điện tử"))
    condition = _words(_("Chỉ cần khi"))
    form = _words(_("Mẫu"))
    code = _words(_("Mã"))


class StepForm(Form):
    """A line of the steps; a post that the agency does not have stays as it was written."""

    name = _words(_("Bước"))
    post = forms.ChoiceField(label=_("Vị trí"), required=False)
    share = _count(_("% thời gian"))

    def __init__(self, *args: Any, posts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = str(self.initial.get("post", ""))
        known = {own: own} | dict(posts) if own else dict(posts)
        field = self.fields["post"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(({"": gettext("Chọn…")} | known).items())


class FeeForm(Form):
    """A line of the fees."""

    kind = forms.ChoiceField(label=_("Loại"), required=False, choices=FeeKind.choices)
    name = _words(_("Tên khoản thu"))
    amount = _count(_("Mức (đồng)"))
    per = forms.ChoiceField(label=_("Tính theo"), required=False, choices=FeeBasis.choices)
    later_from = _count(_("Từ trang"))
    later_amount = _count(_("Mức sau đó"))
    cap = _count(_("Tối đa"))
    online_amount = _count(_("Nộp trực tuyến"))
    exemptions = forms.CharField(label=_("Miễn"), required=False, widget=_lines(2))
    source = _words(_("Căn cứ"))
    verified = forms.BooleanField(label=_("Đã kiểm chứng"), required=False, initial=True)


class ResultForm(Form):
    """A line of the results."""

    name = _words(_("Kết quả"))
    code = _words(_("Mã"))


ROWS: Mapping[str, tuple[type[Form], int]] = {
    "papers": (PaperForm, 2),
    "steps": (StepForm, 1),
    "fees": (FeeForm, 1),
    "results": (ResultForm, 1),
}


class VersionForm:
    """The whole of a version: the plain parts and a table of lines for each list."""

    def __init__(
        self, data: Any, content: Content | None, *, agency: Agency, lock: int | None = None
    ) -> None:
        posts = list(posts_of(agency).values_list("code", "name"))
        raw = content.as_mapping() if content else {}
        plain = {name: raw[name] for name in ContentForm.base_fields if name in raw}
        plain |= {"legal_bases": "\n".join(raw.get("legal_bases", [])), "lock": lock}
        self.form = ContentForm(data, initial={"at_desk": True} | plain)
        self.tables: dict[str, BaseFormSet[Form]] = {}
        for name, (kind, extra) in ROWS.items():
            made = formset_factory(kind, extra=extra, max_num=100)
            rows = [_shown(row) for row in raw.get(name, [])]
            more = {"posts": posts} if kind is StepForm else {}
            self.tables[name] = made(data, initial=rows, prefix=name, form_kwargs=more)

    @property
    def parts(self) -> Iterable[tuple[str, BaseFormSet[Form]]]:
        """Each list with its words."""
        return [(PART_WORDS[name], table) for name, table in self.tables.items()]

    def content(self) -> Content | None:
        """The content that was typed; None, with the form saying why, where it is wrong."""
        if not all([self.form.is_valid(), *(table.is_valid() for table in self.tables.values())]):
            return None
        raw: dict[str, Any] = dict(self.form.cleaned_data)
        raw.pop("lock")
        for name, table in self.tables.items():
            rows = [form.cleaned_data for form in table.forms if form.has_changed() or form.initial]
            raw[name] = [row for row in rows if row.get("name")]
        try:
            return Content.read(raw)
        except ContentFaulty as refusal:
            for fault in refusal.faults:
                part, _dot, place = fault.place.partition(".")
                where = f"{gettext(PART_WORDS[part])} {place}".strip()
                words = fault.said.render(gettext)
                own = part in self.form.fields
                self.form.add_refusal(words if own else f"{where}: {words}", part)
            return None

    def refuse(self, refusal: Refused, lock: int | None = None) -> None:
        """Show an action's refusal with what was typed (:func:`refuse`)."""
        refuse(self.form, refusal, lock)


def refuse(form: Form, refusal: Refused, lock: int | None = None) -> None:
    """Show an action's refusal in its form; saving again is then based on the stored state."""
    form.add_refusal(refusal.sentence(gettext(refusal.message)))
    if lock is not None:
        typed = cast("QueryDict", form.data).copy()  # a form of a page is bound to one
        typed["lock"] = str(lock)
        form.data = typed


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """A stored line as a form shows it: lists a line each."""
    return {
        name: "\n".join(value) if isinstance(value, list) else value for name, value in row.items()
    }


class PublishForm(Form):
    """The decision, and from which day."""

    decision = forms.CharField(label=_("Quyết định công bố"), max_length=60)
    decided_on = DateField(label=_("Ngày quyết định"))
    valid_from = DateField(label=_("Áp dụng từ ngày"))


class WithdrawForm(Form):
    """The decision, and the last day."""

    withdrawal = forms.CharField(label=_("Quyết định bãi bỏ"), max_length=60)
    last_day = DateField(label=_("Ngày áp dụng cuối"))


class ImportForm(Form):
    """A file and what it is announced by."""

    file = FileField(label=_("Tệp XLSX hoặc YAML"), suffixes=("xlsx", "yaml"), max_megabytes=5)
    decision = forms.CharField(label=_("Quyết định công bố"), max_length=60)
    decided_on = DateField(label=_("Ngày quyết định"))
    valid_from = DateField(label=_("Áp dụng từ ngày"))


class InternalForm(Form):
    """An entry of the inventory of internal procedures."""

    code = forms.CharField(label=_("Mã"), max_length=30)
    name = forms.CharField(label=_("Tên thủ tục"), max_length=500, widget=_lines(2))
    field = forms.CharField(label=_("Lĩnh vực"), max_length=200)
    scope = forms.ChoiceField(label=_("Nhóm"), choices=Scope.choices)
    limit_text = forms.CharField(label=_("Thời hạn"), required=False, max_length=200)
    steps_text = forms.CharField(label=_("Trình tự"), required=False, widget=_lines(5))
    decision = forms.CharField(
        label=_("Quyết định công bố danh mục"), required=False, max_length=60
    )
    valid_from = DateField(label=_("Từ ngày"))
    lock = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def values(self) -> dict[str, Any]:
        """The fields of the entry, without code and lock."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in ("code", "lock")
        }


class EndForm(Form):
    """The last day of an internal procedure."""

    last_day = DateField(label=_("Ngày áp dụng cuối"))


class YearForm(Form):
    """Of which year."""

    year = forms.IntegerField(label=_("Năm"), min_value=2020, max_value=2100)


class PlanReviewForm(Form):
    """What is reviewed, by whom, until when, and why."""

    procedure = forms.ModelChoiceField(
        label=_("Thủ tục"), queryset=InternalProcedure.objects.none()
    )
    post = forms.ModelChoiceField(label=_("Chủ trì"), queryset=Post.objects.none())
    due_on = DateField(label=_("Hoàn thành trước ngày"))
    ground = forms.CharField(label=_("Căn cứ, lý do rà soát"), max_length=500, widget=_lines(2))

    def __init__(self, *args: Any, plan: ReviewPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inventory = InternalProcedure.objects.filter(agency=plan.agency).existing_in(plan.year)
        planned = plan.reviews.values("procedure_id")
        _choose(self.fields["procedure"], inventory.exclude(pk__in=planned).order_by("code"))
        _choose(self.fields["post"], posts_of(plan.agency))


def posts_of(agency: Agency) -> Any:
    """The agency's own posts, in order."""
    return Post.objects.filter(agency=agency, external=False).order_by("order")


def _choose(field: forms.Field, queryset: Any) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = queryset


class NumberForm(Form):
    """The number under which a plan is issued."""

    number = forms.CharField(label=_("Số, ký hiệu kế hoạch"), max_length=60)


_TIMES = ("before", "after")


class AssessForm(Form):
    """Costs before and after by component, and the proposal."""

    hourly_pay = MoneyField(
        label=_("Thu nhập bình quân một giờ"),
        help_text=_("Tham số của năm: tháng ÷ 22 ngày ÷ 8 giờ."),
    )
    subjects = forms.IntegerField(label=_("Số đối tượng một năm"), min_value=0)
    times = forms.IntegerField(label=_("Số lần một năm"), min_value=1, initial=1)
    proposal = forms.CharField(label=_("Kiến nghị"), widget=_lines(4))
    lock = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        costs = {"before": review.before, "after": review.after}
        initial = {
            "hourly_pay": costs["before"].hourly_pay or None,
            "subjects": costs["before"].subjects or None,
            "times": costs["before"].times,
            "proposal": review.proposal,
            "lock": review.lock,
        }
        super().__init__(*args, initial=initial, **kwargs)
        for when in _TIMES:
            for component in Component:
                line = costs[when].lines.get(component, CostLine())
                hours, paid = (f"{when}_{component}_{part}" for part in ("hours", "paid"))
                label = gettext(component.label)
                self.fields[hours] = NumberField(
                    label=label, required=False, min_value=0, initial=line.hours or None
                )
                self.fields[paid] = MoneyField(
                    label=label,
                    required=False,
                    initial=line.paid or None,
                    widget=MoneyInput(unit=""),  # the heading says it
                )

    @property
    def headings(self) -> tuple[str, ...]:
        """What each of a component's four boxes holds."""
        return (
            gettext("Hiện nay, giờ"),
            gettext("Hiện nay, đồng"),
            gettext("Sau, giờ"),
            gettext("Sau, đồng"),
        )

    @property
    def rows(self) -> list[tuple[str, list[tuple[str, forms.BoundField]]]]:
        """Each component with its boxes, each under its heading."""
        parts = [(when, part) for when in _TIMES for part in ("hours", "paid")]
        return [
            (
                component.label,
                [
                    (heading, self[f"{when}_{component}_{part}"])
                    for heading, (when, part) in zip(self.headings, parts, strict=True)
                ],
            )
            for component in Component
        ]

    def cost(self, when: str) -> ComplianceCost:
        """What complying costs before or after."""
        said = self.cleaned_data
        lines = {
            component: CostLine(
                said[f"{when}_{component}_hours"] or Decimal(0),
                said[f"{when}_{component}_paid"] or 0,
            )
            for component in Component
        }
        return ComplianceCost(lines, said["hourly_pay"], said["subjects"], said["times"])


class DecideForm(Form):
    """What came of the review."""

    outcome = forms.ChoiceField(label=_("Kết quả"), choices=Outcome.choices)
    decision = forms.CharField(label=_("Văn bản, quyết định"), required=False, max_length=60)
    decided_on = DateField(label=_("Ngày"))
