"""The roof: keys, commands, health, search, backup, the demo."""

import json
import stat
import zipfile
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from motcua.audit.models import DayRoot, Entry
from motcua.audit.queries import verify
from motcua.jobs.models import WorkerBeat
from motcua.org.models import Account
from motcua.planning.models import Plan, Task
from motcua.site.backup import BackupUnreadable, NotEmpty, read_backup, write_backup
from motcua.site.cli import main
from motcua.site.daily import close_yesterday, tidy
from motcua.site.demo import load_demo
from motcua.site.demo.people import log_ins
from motcua.site.health import look
from motcua.site.installing import found_administrator
from motcua.site.keys import MissingKeys, load_keys, make_keys
from tests import scenes


def test_keys_are_made_once_and_for_the_owner_only(tmp_path):
    path = make_keys(tmp_path / "home")
    first = path.read_text()
    assert make_keys(tmp_path / "home").read_text() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_keys(tmp_path / "home", {}) == json.loads(first)


def test_without_keys_nothing_starts(tmp_path):
    with pytest.raises(MissingKeys, match="MOTCUA_KEY_FIELD"):
        load_keys(tmp_path, {"MOTCUA_KEY_SECRET": "s"})


@pytest.mark.parametrize(
    "words",
    [[], ["serve"], ["plan", "import"], ["report", "make"], ["token", "create"], ["backup"]],
)
def test_help_teaches(words, capsys):
    with pytest.raises(SystemExit) as done:
        main([*words, "--help"])
    assert done.value.code == 0
    assert "usage: motcua" in capsys.readouterr().out


def test_a_dry_run_prints_the_reading_and_stores_nothing(tmp_path, capsys, db):
    file = tmp_path / "ke-hoach.txt"
    file.write_text(scenes.SMALL_PLAN)
    assert main(["plan", "import", str(file), "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["year"] == 2024
    assert main(["plan", "import", str(file), "--dry-run"]) == 0
    assert "tasks" in capsys.readouterr().out
    assert not Plan.objects.exists()


def test_a_bad_file_is_a_problem_on_the_command_line(tmp_path, capsys):
    file = tmp_path / "trong.txt"
    file.write_text("")
    assert main(["plan", "import", str(file), "--dry-run", "--json"]) == 2
    assert set(json.loads(capsys.readouterr().out)) == {"error", "message"}
    assert main(["plan", "import", str(tmp_path / "khong-co.txt"), "--dry-run"]) == 2
    assert "khong-co" in capsys.readouterr().err


def test_a_plan_is_imported_by_command(org, tmp_path, capsys):
    file = tmp_path / "ke-hoach.txt"
    file.write_text(scenes.SMALL_PLAN)
    command = ["plan", "import", str(file), "--agency", "15997", "--by"]
    assert main([*command, "khong-ai"]) == 2
    assert main([*command, "vanphong"]) == 0
    assert Plan.objects.get().versions.get().status == "draft"


def test_a_plan_is_amended_by_command(running, tmp_path, capsys):
    file = tmp_path / "moi.txt"
    line = "- Báo cáo kết quả theo dõi thi hành pháp luật định kỳ hằng quý."
    file.write_text(scenes.SMALL_PLAN.replace(line, "- Mở hội nghị đối thoại với doanh nghiệp."))
    command = ["plan", "import", str(file), "--agency", "15997", "--amends"]
    assert main([*command, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "new" in said
    assert "ended" in said
    assert running.plan.versions.count() == 1
    assert main([*command, "--year", "2031"]) == 2
    assert main([*command, "--by", "vanphong", "--reason", "Theo huyện"]) == 0
    assert running.plan.versions.get(no=2).why == "Theo huyện"


def test_verify_and_token_by_command(running, capsys):
    assert main(["verify"]) == 0
    assert "0 broken" in capsys.readouterr().out
    assert main(["token", "create", "vanphong", "--scope", "planning.view"]) == 0
    assert capsys.readouterr().out.startswith("mc_")


def test_how_the_installation_is(running, client):
    assert look()["worker"] != "ok"
    assert client.get("/readyz").status_code == 503
    WorkerBeat.objects.create(worker_id="w", at=timezone.now())
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    assert client.get("/healthz").content == b"ok"


def test_a_head_that_lies_is_seen(running):
    from motcua.audit.models import Head

    Head.objects.filter(pk="15997").update(seq=1)
    assert "15997" in look()["chain"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("niem yet", "2.2.2"),
        ("Niêm yết công khai", "2.2.2"),
        ("2.1.1", "2.1.1"),
        ("tran duc long", "Trần Đức Long"),
        ("cai cach 2024", "Kế hoạch"),
        ("theo doi giai quyet ho so", "Trách nhiệm"),
        ("x", ""),
        ("khong co gi ca", ""),
    ],
)
def test_search_with_and_without_diacritics(running, org, signed_in, words, found):
    page = signed_in(org.vanphong).get(reverse("search"), {"q": words})
    titles = [r["title"] for g in page.context["groups"] for r in g["results"]]
    labels = [str(g["label"]) for g in page.context["groups"]]
    assert bool(titles) is bool(found)
    assert not found or any(found in text for text in [*titles, *labels])


def test_search_shows_only_one_s_own(running, org, signed_in):
    page = signed_in(org.hoangngoc).get(reverse("search"), {"q": "niem yet"})
    assert page.context["groups"] == []


@pytest.mark.parametrize(("who", "name"), [("chutich", "today"), ("tuphap", "my_work")])
def test_each_begins_where_their_work_is(org, signed_in, who, name):
    page = signed_in(org.people[who]).get("/")
    assert page.headers["Location"] == reverse(f"planning:{name}")


def test_pages_not_found_and_forged_forms_are_explained(org, signed_in):
    from django.test import Client

    assert signed_in(org.tuphap).get("/khong-co/").status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(org.tuphap.account)
    page = strict.post(reverse("org:delegate"), {})
    assert page.status_code == 403
    assert "tải lại trang" in page.content.decode()


def test_yesterday_is_closed_and_sessions_are_tidied(running, settings):
    settings.TODAY = date(2024, 1, 6)
    assert close_yesterday.func() >= 1
    roots = DayRoot.objects.count()
    assert close_yesterday.func() == 0
    assert DayRoot.objects.count() == roots
    assert tidy.func() == 0


def test_the_first_administrator_gets_one_link(org, now):
    first = found_administrator(username="moi", name="Quản trị", email="", at=now)
    again = found_administrator(username="moi", name="Quản trị", email="", at=now)
    assert first != again
    assert Account.objects.filter(username="moi").count() == 1


def test_an_empty_installation_gets_a_commune(db, now, settings):
    from motcua.org.actions import load_roles, read_pack

    load_roles(pack=read_pack(settings.PACKS / "org" / "roles.yaml"))
    assert found_administrator(username="moi", name="Quản trị", email="a@b.invalid", at=now)


def test_a_backup_comes_back(running, tmp_path):
    path = tmp_path / "motcua.zip"
    counts = write_backup(path)
    tasks, entries = Task.objects.count(), Entry.objects.count()
    assert counts["rows"] > tasks
    with zipfile.ZipFile(path) as archive:
        assert "keys.json" not in " ".join(archive.namelist())
    with pytest.raises(NotEmpty):
        read_backup(path)
    assert (Task.objects.count(), Entry.objects.count()) == (tasks, entries)


def test_a_damaged_backup_is_refused(db, tmp_path):
    path = tmp_path / "hong.zip"
    path.write_bytes(b"PK cut")
    with pytest.raises(BackupUnreadable):
        read_backup(path)


def test_the_demo_is_a_believable_year(db, settings):
    assert load_demo(today=date(2024, 9, 30))
    assert not load_demo(today=date(2024, 9, 30))
    work = Task.objects.followed()
    assert work.filter(status="done").count() > 20
    assert work.late(date(2024, 9, 30)).exists()
    assert work.due_within(date(2024, 9, 30)).exists()
    assert verify().breaks == []
    assert Entry.objects.latest("at").at.date() <= date(2024, 9, 30) + timedelta(days=1)
    assert ("chutich", "Lê Quang Hưng, Chủ tịch UBND") in log_ins()


@pytest.mark.parametrize("path", ["/org/trace/", "/org/", "/plans/", "/tasks/"])
def test_one_link_of_the_navigation_is_current(org, signed_in, path):
    groups = signed_in(org.chutich).get(path).context["nav"]
    current = [item["url"] for group in groups for item in group["items_list"] if item["current"]]
    assert current == [path]


def test_inside_a_page_its_list_is_current(running, org, signed_in):
    page = signed_in(org.chutich).get(reverse("planning:plan", args=[running.plan.pk]))
    items = [item for group in page.context["nav"] for item in group["items_list"]]
    assert [item["url"] for item in items if item["current"]] == ["/plans/"]
