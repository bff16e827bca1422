"""Forms of working with tasks, targets and steering documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.org.models import Agency, Post, valid_on
from motcua.planning.actions import Upload
from motcua.planning.models import Task
from motcua.planning.rules import FIELDS, SteeringKind
from motcua.ui.forms import DateField, FilesField, Form, NumberField, NumberInput


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TaskForm(Form):
    """Base of the forms of steps: each knows its task, and holds the files that came with it."""

    def __init__(self, *args: Any, task: Task, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task, self.on = task, on

    def uploads(self) -> list[Upload]:
        """The files as actions take them."""
        return uploads_of(self)


def uploads_of(form: forms.Form) -> list[Upload]:
    """The files of a valid form as actions take them."""
    return [
        Upload(file.name or "tep", file.read()) for file in form.cleaned_data.get("attached") or ()
    ]


class ProgressForm(TaskForm):
    """How far, with what proof."""

    percent = forms.IntegerField(
        label=_("Tiến độ"), min_value=0, max_value=100, widget=NumberInput(unit="%")
    )
    text = forms.CharField(label=_("Đã làm được gì"), required=False, widget=_lines(3))
    attached = FilesField(label=_("Tệp minh chứng"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["percent"].initial = self.task.percent


class SubmitForm(TaskForm):
    """The task is done: the product, or words that name it."""

    text = forms.CharField(
        label=_("Kết quả"),
        required=False,
        widget=_lines(3),
        help_text=_("Ghi số, ngày văn bản hoặc đính kèm sản phẩm."),
    )
    attached = FilesField(label=_("Sản phẩm"), required=False)


class AcceptForm(TaskForm):
    """Confirm, with a word or without."""

    text = forms.CharField(label=_("Nhận xét"), required=False, widget=_lines(2))


class WhyForm(TaskForm):
    """A step that needs its reason."""

    reason = forms.CharField(label=_("Lý do"), max_length=500, widget=_lines(2))


class CommentForm(TaskForm):
    """A question or an answer."""

    text = forms.CharField(
        label=_("Ý kiến"),
        required=False,
        widget=_lines(3),
        help_text=_("Không bắt buộc khi có tệp."),
    )
    attached = FilesField(label=_("Tệp kèm theo"), required=False)


class PlainForm(TaskForm):
    """A step that needs no words."""


class RemindForm(TaskForm):
    """A word to who leads the task."""

    text = forms.CharField(label=_("Lời nhắc"), required=False, widget=_lines(2))


class ExtensionForm(TaskForm):
    """Until when, and why."""

    new_due_on = DateField(label=_("Xin gia hạn đến ngày"))
    reason = forms.CharField(label=_("Lý do"), max_length=500, widget=_lines(2))


def _give_posts(form: forms.Form, agency: Agency, on: date) -> None:
    posts = Post.objects.filter(valid_on(on), agency=agency).order_by("order")
    for name in ("lead", "helpers"):
        field = form.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = posts


class ReassignForm(TaskForm):
    """Another lead, other helpers."""

    lead = forms.ModelChoiceField(Post.objects.none(), label=_("Chủ trì"))
    helpers = forms.ModelMultipleChoiceField(
        Post.objects.none(),
        label=_("Phối hợp"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(label=_("Lý do"), required=False, max_length=500, widget=_lines(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _give_posts(self, self.task.agency, self.on)
        self.fields["lead"].initial = self.task.lead_post_id
        self.fields["helpers"].initial = [
            row.post_id for row in self.task.assignees.all() if not row.leads
        ]


class NewTaskForm(Form):
    """A task that is not in the plan."""

    text = forms.CharField(label=_("Nội dung"), widget=_lines(3))
    field = forms.ChoiceField(label=_("Lĩnh vực"), choices=())
    lead = forms.ModelChoiceField(
        Post.objects.none(), label=_("Chủ trì"), empty_label=_("Chưa chọn")
    )
    helpers = forms.ModelMultipleChoiceField(
        Post.objects.none(),
        label=_("Phối hợp"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = DateField(label=_("Hạn"))
    product = forms.CharField(label=_("Sản phẩm"), max_length=300, required=False)

    def __init__(self, *args: Any, agency: Agency, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _give_posts(self, agency, on)
        field = self.fields["field"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, gettext(label)) for key, label in FIELDS.items()]


class ValueForm(Form):
    """A target's value on a day: a number, or a part of a whole; and where it comes from."""

    on = DateField(label=_("Tính đến ngày"))
    value = NumberField(label=_("Giá trị"), required=False)
    numerator = NumberField(
        label=_("Tử số"),
        required=False,
        min_value=0,
        decimal_places=0,
        help_text=_("Thay cho giá trị: phần mềm tính tỷ lệ."),
    )
    denominator = NumberField(label=_("Mẫu số"), required=False, min_value=0, decimal_places=0)
    evidence = forms.CharField(
        label=_("Lấy từ đâu"),
        max_length=500,
        required=False,
        widget=_lines(2),
        help_text=_("Văn bản, sổ hoặc hệ thống cho ra con số này; không bắt buộc khi có tệp."),
    )
    attached = FilesField(label=_("Tệp minh chứng"), required=False)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        whole = {
            name: None if self.cleaned_data[name] is None else int(self.cleaned_data[name])
            for name in ("numerator", "denominator")
        }
        typed = {name: self.cleaned_data[name] for name in ("on", "value", "evidence")}
        return typed | whole | {"files": uploads_of(self)}


class SteeringForm(Form):
    """A document of superiors."""

    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=())
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60)
    issued_on = DateField(label=_("Ngày ban hành"))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200)
    abstract = forms.CharField(label=_("Trích yếu"), max_length=500, widget=_lines(2))
    attached = FilesField(label=_("Tệp văn bản"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(one.value, gettext(one.label)) for one in SteeringKind]


class TogetherForm(Form):
    """One step on many tasks: a word that goes with it."""

    text = forms.CharField(
        label=_("Lời kèm theo"), required=False, max_length=500, widget=_lines(2)
    )


class ReassignTogetherForm(Form):
    """Many tasks to one post of an agency; their helpers stay."""

    lead = forms.ModelChoiceField(
        Post.objects.none(), label=_("Chủ trì"), empty_label=_("Chưa chọn")
    )
    reason = forms.CharField(label=_("Lý do"), required=False, max_length=500, widget=_lines(2))

    def __init__(self, *args: Any, agencies: Iterable[int], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead = self.fields["lead"]
        assert isinstance(lead, forms.ModelChoiceField)
        posts = Post.objects.filter(valid_on(on), agency__in=agencies)
        lead.queryset = posts.order_by("agency", "order")
