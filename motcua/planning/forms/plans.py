"""Forms of reading, confirming and approving plans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.org.models import Agency, Post
from motcua.planning.models import PlanItem
from motcua.planning.rules import FIELDS, RECURRENCES, ItemKind
from motcua.ui.forms import DateField, FileField, Form, MoneyField, NumberField

COMPARISONS = {
    "": _("định tính (không có con số)"),
    "eq": _("bằng"),
    "ge": _("từ … trở lên"),
    "gt": _("trên"),
    "le": _("không quá"),
    "lt": _("dưới"),
    "between": _("trong khoảng"),
    "increase_ge": _("tăng ít nhất"),
    "decrease_ge": _("giảm ít nhất"),
}


def _choices(table: dict[str, Any]) -> list[tuple[str, str]]:
    return [(key, gettext(str(label))) for key, label in table.items()]


class ImportForm(Form):
    """The plan's file, or its text."""

    file = FileField(
        label=_("Tệp kế hoạch"),
        suffixes=("docx", "pdf", "txt"),
        required=False,
        allow_empty_file=True,  # the reader says what is wrong with it
        help_text=_("DOCX, PDF có lớp chữ, hoặc TXT."),
    )
    text = forms.CharField(
        label=_("Hoặc dán nội dung kế hoạch"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    year = forms.IntegerField(
        label=_("Năm"),
        required=False,
        min_value=2000,
        max_value=2100,
        help_text=_("Để trống thì theo văn bản; năm được chọn thắng năm ghi trong văn bản."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not cleaned.get("text") and not self.errors:
            self.add_error("file", gettext("Hãy chọn tệp kế hoạch hoặc dán nội dung."))
        return cleaned

    def document(self) -> tuple[str, bytes]:
        """Name and content of what was sent."""
        file = self.cleaned_data.get("file")
        if file:
            return file.name or "ke-hoach", file.read()
        return "ke-hoach.txt", self.cleaned_data["text"].encode()


class HeadForm(Form):
    """Title, number, day of issue, budget line and time of a version."""

    title = forms.CharField(label=_("Tên kế hoạch"), max_length=300)
    number = forms.CharField(
        label=_("Số, ký hiệu"), max_length=60, required=False, help_text=_("Ví dụ: 15/KH-UBND")
    )
    issued_on = DateField(label=_("Ngày ban hành"), required=False)
    budget = MoneyField(label=_("Kinh phí được bố trí (đồng)"), required=False)
    starts_on = DateField(label=_("Thực hiện từ"))
    ends_on = DateField(label=_("Đến hết"))


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class AmendForm(ReasonForm):
    """Why a plan is amended, and the new text where there is one."""

    file = FileField(
        label=_("Văn bản sửa đổi"),
        suffixes=("docx", "pdf", "txt"),
        required=False,
        allow_empty_file=True,  # the reader says what is wrong with it
        help_text=_(
            "Toàn văn kế hoạch đã sửa (DOCX, PDF, TXT). Không có tệp thì bản mới là bản sao của "
            "bản đang thực hiện để bạn sửa từng mục."
        ),
    )


class ItemForm(Form):
    """Correct what was understood; the fields depend on the kind of item."""

    text = forms.CharField(label=_("Nội dung"), widget=forms.Textarea(attrs={"rows": 4}))
    field = forms.ChoiceField(label=_("Lĩnh vực"), choices=())
    lead_post = forms.ModelChoiceField(
        Post.objects.none(), label=_("Chủ trì"), required=False, empty_label=_("Chưa chọn")
    )
    with_posts = forms.ModelMultipleChoiceField(
        Post.objects.none(),
        label=_("Phối hợp"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = DateField(label=_("Hạn"), required=False)
    recurrence = forms.ChoiceField(label=_("Lặp lại"), choices=(), required=False)
    product = forms.CharField(label=_("Sản phẩm"), max_length=300, required=False)
    cost = MoneyField(label=_("Kinh phí (đồng)"), required=False)
    comparison = forms.ChoiceField(label=_("So với mục tiêu"), choices=(), required=False)
    value = NumberField(label=_("Giá trị"), required=False)
    upper = NumberField(label=_("Đến (khi là khoảng)"), required=False)
    unit = forms.CharField(label=_("Đơn vị"), max_length=40, required=False)

    _FIELDS = {
        ItemKind.TASK: (
            "text",
            "field",
            "lead_post",
            "with_posts",
            "due_on",
            "recurrence",
            "product",
            "cost",
        ),
        ItemKind.TARGET: ("text", "comparison", "value", "upper", "unit"),
        ItemKind.DUTY: ("text", "lead_post"),
    }

    def __init__(self, *args: Any, kind: str, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = self._FIELDS.get(ItemKind(kind), ("text",))
        self.fields = {name: field for name, field in self.fields.items() if name in shown}
        posts = Post.objects.filter(agency=agency).order_by("order")
        for name, table in (
            ("field", FIELDS),
            ("recurrence", RECURRENCES),
            ("comparison", COMPARISONS),
        ):
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = _choices(table)
        for name in ("lead_post", "with_posts"):
            field = self.fields.get(name)
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = posts

    @staticmethod
    def initial_of(item: PlanItem) -> dict[str, Any]:
        """An item's present values."""
        names = (
            "text",
            "field",
            "lead_post",
            "due_on",
            "recurrence",
            "product",
            "cost",
            "comparison",
            "value",
            "upper",
            "unit",
        )
        values = {name: getattr(item, name) for name in names}
        return values | {"with_posts": list(item.with_posts.all())}

    def changes(self) -> dict[str, Any]:
        """What the action takes."""
        return {k: v for k, v in self.cleaned_data.items() if k != "with_posts"}


class AddForm(Form):
    """What the reader did not see."""

    kind = forms.ChoiceField(label=_("Loại"), choices=())
    field = forms.ChoiceField(label=_("Lĩnh vực (của nhiệm vụ)"), choices=(), required=False)
    text = forms.CharField(label=_("Nội dung"), widget=forms.Textarea(attrs={"rows": 3}))
    passage = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, field = self.fields["kind"], self.fields["field"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(field, forms.ChoiceField)
        kind.choices = [(k.value, gettext(k.label)) for k in ItemKind]
        field.choices = [("", "—"), *_choices(FIELDS)]
