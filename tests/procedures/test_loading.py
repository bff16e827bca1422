"""Packs and files: idempotent, whole or not at all, and the same again after a round trip."""

import io
from datetime import date
from types import SimpleNamespace

import pytest
import yaml
from openpyxl import Workbook, load_workbook

from motcua.audit.models import Entry
from motcua.files.rules import FileDamaged, FileKindRefused
from motcua.org.permissions import NotAllowed
from motcua.procedures import actions, sheets
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.national import default_steps, national_rows, with_defaults
from motcua.site.cli import data as cli
from tests.procedures import scenes
from tests.procedures.scenes import AT, BIRTH, TODAY

pytestmark = pytest.mark.django_db


def test_the_shipped_pack_is_the_real_catalogue():
    rows = {row.code: row for row in national_rows()}
    assert len(rows) == 410
    assert sum(row.content.at_desk for row in rows.values()) > 300
    birth = rows[BIRTH].content
    assert (birth.field, [step.post for step in birth.steps]) == (
        "Hộ tịch",
        ["one_stop", "justice", "chairman", "one_stop"],
    )
    copy = rows["2.000815"].content.fees[0]
    assert (copy.amount, copy.later_from, copy.cap) == (2000, 3, 200_000)
    assert rows["1.004884"].content.fees[0].amount is None
    assert not rows["1.004194"].content.at_desk  # police: only shown
    for row in rows.values():
        assert all(paper.name[:6] not in ("Trường", "Đối vớ") for paper in row.content.papers)


def test_steps_of_a_field_and_limit():
    assert [step["share"] for step in default_steps("Hộ tịch", "trong ngày")] == [25, 37, 25, 13]
    assert default_steps("Đất đai", "15 ngày")[1]["post"] == "land"
    assert default_steps("Lĩnh vực lạ", "")[1]["post"] == "office"
    (row,) = with_defaults(
        [{"code": "1.999999", "name": "a", "field": "Công an", "at_desk": False}]
    )
    assert (row.content.steps, row.content.fees) == ((), ())


def test_loading_twice_changes_nothing(db):
    made = scenes.load()
    assert len(made) == 410
    assert Entry.objects.filter(action="procedures.import_rows").count() == 1
    assert scenes.load(valid_from=TODAY) == []
    assert Entry.objects.filter(action="procedures.import_rows").count() == 1


def row(code=BIRTH, number=1, **changes):
    return actions.Row(number, code, scenes.content(**changes), "9/QĐ-BTP", "tệp thử")


def test_a_changed_row_is_a_new_version(db):
    first = actions.import_rows(agency=None, rows=[row()], valid_from=date(2024, 1, 1), at=AT)[0]
    changed = row(limit="1 ngày làm việc")
    planned = actions.plan_rows(agency=None, rows=[changed, row("1.999999")], valid_from=TODAY)
    assert [(one.what, one.before) for one in planned] == [("changed", first), ("new", None)]
    (second,) = actions.import_rows(agency=None, rows=[changed], valid_from=TODAY, at=AT)
    first.refresh_from_db()
    assert (first.valid_to, second.no, second.decision) == (date(2024, 2, 29), 2, "9/QĐ-BTP")


def test_all_faults_are_told_and_nothing_is_kept(db):
    actions.import_rows(agency=None, rows=[row()], valid_from=TODAY, at=AT)
    rows = [row(limit="2 giờ"), row("1.999999", 2), row("1.999999", 3)]
    with pytest.raises(actions.ImportFaulty) as refused:
        actions.import_rows(agency=None, rows=rows, valid_from=TODAY, at=AT)
    faults = [(one.number, one.place, str(one.said)) for one in refused.value.faults]
    assert faults == [
        (1, "valid_from", "đã có bản từ 01/03/2024"),
        (3, "code", "mã này đã có ở dòng 2"),
    ]
    assert ProcedureVersion.objects.count() == 1


def test_an_agency_imports_under_its_decision(org):
    asked = {"agency": org.commune, "rows": [row()], "valid_from": TODAY, "at": AT}
    with pytest.raises(NotAllowed):
        actions.import_rows(**asked, by=org.tuphap, decision="1/QĐ-UBND")
    with pytest.raises(actions.DecisionMissing):
        actions.import_rows(**asked, by=org.vanphong)
    (made,) = actions.import_rows(**asked, by=org.vanphong, decision="1/QĐ-UBND", decided_on=TODAY)
    assert (made.agency, made.decision) == (org.commune, "1/QĐ-UBND")
    entry = Entry.objects.get(action="procedures.import_rows")
    assert (entry.chain, entry.actor_name) == (org.commune.code, org.vanphong.full_name)


@pytest.mark.parametrize("kind", ["yaml", "xlsx"])
def test_a_file_comes_back_as_it_went_out(db, kind):
    made = scenes.load()
    write = sheets.write_yaml if kind == "yaml" else sheets.write_xlsx
    content = write(ProcedureVersion.objects.select_related("procedure").order_by("pk"))
    rows = sheets.read_file(f"danh-muc.{kind}", content)
    assert [one.code for one in rows] == [one.procedure.code for one in made]
    assert [one.content.as_mapping() for one in rows] == [one.data for one in made]
    assert [one.decision for one in rows] == [one.decision for one in made]


def test_what_people_typed_stays_text_in_a_workbook(db):
    raws = {"name": "=1+1", "results": [{"name": "@x", "code": "KQ.1"}]}
    rows = [row(**raws)]
    versions = actions.import_rows(agency=None, rows=rows, valid_from=TODAY, at=AT)
    content = sheets.write_xlsx(versions)
    cells = load_workbook(io.BytesIO(content))[sheets.PROCEDURES]
    assert (cells["B2"].value, cells["B2"].data_type) == ("=1+1", "s")
    (back,) = sheets.read_file("a.xlsx", content)
    assert back.content == versions[0].content


def workbook(rows, title=sheets.PROCEDURES):
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for one in rows:
        sheet.append(one)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_typed_workbook_tells_its_faults_by_row():
    content = workbook(
        [
            ["code", "name", "field", "limit", "colour"],
            ["1.001193", "Khai sinh", "Hộ tịch", "trong ngày"],
            [],
            ["khai tử", "Khai tử", "Hộ tịch", "lâu"],
            ["1.000656", None, "Hộ tịch", 5, "xanh"],
        ]
    )
    with pytest.raises(actions.ImportFaulty) as refused:
        sheets.read_file("a.xlsx", content)
    faults = [(one.number, one.place) for one in refused.value.faults]
    assert faults == [(2, "code"), (2, "limit"), (3, "colour"), (3, "name"), (3, "limit")]


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.xlsx", b"", Exception),
        ("a.xlsx", b"name,code", FileKindRefused),
        ("a.xlsx", b"PK\x03\x04 cut", FileDamaged),
        ("a.yaml", b"\xff\xfe\xff", FileDamaged),
        ("a.yaml", b"a: [", FileDamaged),
        ("a.yaml", b"!!python/object:os.system {}", FileDamaged),
        ("a.yaml", b"a: 1", sheets.SheetMissing),
        ("a.yaml", b"[1, 2]", sheets.SheetMissing),
        ("a.xlsx", workbook([["code"]], title="khác"), sheets.SheetMissing),
    ],
)
def test_files_that_are_none(name, content, refusal):
    with pytest.raises(refusal):
        sheets.read_file(name, content)


def test_a_zip_that_is_no_workbook():
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(FileDamaged):
        sheets.read_file("a.xlsx", target.getvalue())


def test_the_command_loads_a_file(db, tmp_path, capsys):
    path = tmp_path / "a.yaml"
    path.write_text(yaml.safe_dump([{"code": BIRTH} | scenes.BIRTH_RAW], allow_unicode=True))
    options = SimpleNamespace(file=path, valid_from="1/2/2024")
    assert cli.procedures_load(options) == 0
    assert capsys.readouterr().out == "1 versions made\n"
    path.write_text("[{code: x}]")
    with pytest.raises(actions.ImportFaulty):
        cli.procedures_load(options)
    assert "1 x code" in capsys.readouterr().out
    with pytest.raises(cli.FileMissing):
        cli.procedures_load(SimpleNamespace(file=tmp_path / "b.yaml", valid_from=""))
    assert cli.procedures_load(SimpleNamespace(file=None, valid_from="")) == 0
