from datetime import date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from motcua.ui.forms import (
    DateField,
    FileField,
    FilesField,
    Form,
    MoneyField,
    NumberField,
    PersonField,
)
from motcua.ui.templatetags.ui_tags import error_summary
from tests.ui.conftest import Thing


class Sample(Form):
    title = forms.CharField(label="Tên", help_text="Ngắn gọn")
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A")], widget=forms.RadioSelect)
    due = DateField(label="Hạn", required=False)
    share = NumberField(label="Tỷ lệ", unit="%", required=False)
    cost = MoneyField(label="Kinh phí", required=False)
    sure = forms.BooleanField(label="Cam kết", help_text="Đọc kỹ")
    where = forms.CharField(widget=forms.HiddenInput, required=False)


def bound(**data):
    return Sample({"title": "Việc", "kind": "a", "sure": "on"} | data)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("due", "5/2/2024", date(2024, 2, 5)),
        ("due", "05022024", date(2024, 2, 5)),
        ("due", "", None),
        ("share", "98,5", Decimal("98.5")),
        ("share", "", None),
        ("cost", "1.500.000 đồng", 1_500_000),
        ("cost", "", None),
    ],
)
def test_what_is_typed_here_is_read(field, typed, value):
    form = bound(**{field: typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data[field] == value


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("due", "31/02/2024", "không phải là ngày hợp lệ"),
        ("share", "ba", "không phải là số"),
        ("cost", "-5", "không được âm"),
        ("cost", "1,5", "số đồng nguyên"),
        ("title", "", "Hãy điền mục này"),
        ("kind", "", "Hãy chọn một mục"),
        ("sure", "", "Hãy đánh dấu"),
    ],
)
def test_wrong_is_said_and_kept(field, typed, words):
    form = bound(**{field: typed})
    assert not form.is_valid()
    assert words in str(form.errors[field])
    if typed:
        assert typed in str(form[field])


def test_fields_take_values_of_code_too():
    assert DateField().clean(datetime(2024, 2, 5, 8)) == date(2024, 2, 5)  # noqa: DTZ001
    assert DateField().clean(date(2024, 2, 5)) == date(2024, 2, 5)
    assert NumberField().clean(1.5) == Decimal("1.5")


def test_values_are_shown_in_vietnamese_writing():
    form = Sample(initial={"due": date(2024, 2, 5), "share": 98.5, "cost": 1500000})
    html = form.render()
    for shown in ('value="05/02/2024"', 'value="98,5"', 'value="1.500.000"', "đồng"):
        assert shown in html


def test_label_hint_error_field_in_this_order():
    form = bound(title="")
    html = form["title"].as_field_group()
    places = [html.index(part) for part in ("<label", "Ngắn gọn", "Hãy điền", "<input")]
    assert places == sorted(places)
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_group_of_choices_is_a_fieldset_and_a_tick_has_its_label_behind():
    html = bound().render()
    assert html.index("<legend") < html.index('type="radio"')
    assert html.index('type="checkbox"') < html.index(">Cam kết</label>")
    assert 'type="hidden"' in html


def test_summary_leads_to_the_fields():
    form = bound(title="", due="x")
    form.add_refusal("Đã có việc này.")
    form.add_refusal("Hạn trước ngày bắt đầu.", field="due")
    lines = [(line.text, line.field_id) for line in form.summary()]
    assert lines[0] == ("Đã có việc này.", "")
    assert lines[1] == ("Tên: Hãy điền mục này.", "id_title")
    assert lines[-1] == ("Hạn: Hạn trước ngày bắt đầu.", "id_due")
    assert 'href="#id_title"' in error_summary(form)
    assert error_summary(bound()) == error_summary(Sample()) == ""


def test_own_words_for_a_missing_value_stay():
    class Own(Form):
        name = forms.CharField(error_messages={"required": "Ghi rõ lý do."})
        file = FileField()

    assert str(Own({}).errors["name"][0]) == "Ghi rõ lý do."
    assert str(Own({}).errors["file"][0]) == "Hãy chọn tệp."


def test_person_is_chosen_by_its_words(things):
    field = PersonField(Thing.objects.all(), label_of=lambda thing: f"Ông {thing.name}")
    assert "Ông Việc 3" in str(field.widget.render("p", None))
    chosen = things.first()
    assert field.clean(str(chosen.pk)) == chosen
    assert "Chọn…" in str(PersonField(Thing.objects.all()).widget.render("p", None))
    assert PersonField(Thing.objects.all()).label_from_instance(chosen) == str(chosen)


def upload(name="a.pdf", size=3):
    return SimpleUploadedFile(name, b"x" * size)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (upload("a.exe"), "không thuộc loại nhận được (pdf, docx)"),
        (upload(size=1024 * 1024 + 1), "lớn hơn 1 MB"),
        (upload("a.pdf", 0), "tập tin rỗng|rỗng"),
    ],
)
def test_file_of_wrong_kind_or_size_is_refused(file, words):
    field = FileField(suffixes=("pdf", "docx"), max_megabytes=1)
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(file)
    assert any(word in refused.value.messages[0] for word in words.split("|"))
    assert 'accept=".pdf,.docx"' in str(
        field.widget.render("f", None, field.widget_attrs(field.widget))
    )


def test_several_files():
    class Many(Form):
        files = FilesField(suffixes=("pdf",), required=False)

    sent = MultiValueDict({"files": [upload("a.pdf"), upload("b.PDF")]})
    form = Many(QueryDict(""), sent)
    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["files"]] == ["a.pdf", "b.PDF"]
    assert "multiple" in str(form["files"])
    nothing = Many(QueryDict(""), MultiValueDict())
    assert nothing.is_valid()
    assert nothing.cleaned_data["files"] == []
    wrong = Many(QueryDict(""), MultiValueDict({"files": [upload("a.pdf"), upload("c.txt")]}))
    assert "c.txt" in str(wrong.errors["files"])


def test_several_files_may_be_required():
    with pytest.raises(forms.ValidationError):
        FilesField().clean([])
