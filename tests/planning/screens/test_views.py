"""The list, the board and the month of tasks; steps on many; details beside; two versions."""

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.notify.models import Message
from motcua.planning.actions import enter_steering, reassign_task, report_progress, submit_task
from motcua.planning.models import Task
from motcua.planning.rules import SteeringKind

pytestmark = pytest.mark.django_db

BESIDE = {"HX-Request": "true", "HX-Target": "aside#beside"}


@pytest.fixture
def task(running):
    return running.tasks["2.1.1"]


def page_of(client, name, **asked):
    return client.get(reverse(f"planning:{name}"), asked)


def columns(page):
    return {str(column.status): column for column, _url in page.context["columns"]}


# --- board ----------------------------------------------------------------------------------------


def test_the_board_stands_by_status(task, org, signed_in, now):
    submit_task(task=task, text="Số 20/KH-UBND", by=org.tuphap, at=now)
    page = page_of(signed_in(org.chutich), "task_board")
    found = columns(page)
    assert list(found) == ["assigned", "in_progress", "submitted", "done"]
    assert [card.task for card in found["submitted"].cards] == [task]
    assert {name for name, _label in found["submitted"].cards[0].steps} == {
        "accept_task",
        "return_task",
        "cancel_task",
    }
    assert found["assigned"].count == Task.objects.open().count() - 1


def test_a_card_offers_only_what_its_reader_may(task, org, signed_in):
    cards = columns(page_of(signed_in(org.tuphap), "task_board"))["assigned"].cards
    steps = {card.task.pk: [name for name, _label in card.steps] for card in cards}
    assert steps[task.pk] == ["take_on_task", "report_progress", "submit_task"]
    cards = columns(page_of(signed_in(org.noivu), "task_board"))["assigned"].cards
    assert [card.steps for card in cards if card.steps] == []


def test_a_card_moves_by_its_button_and_comes_back(task, org, signed_in):
    client = signed_in(org.tuphap)
    board = reverse("planning:task_board")
    url = reverse("planning:task_step", args=[task.pk, "take_on_task"])
    assert client.post(url, {"next": board}).url == board
    task.refresh_from_db()
    assert task.status == "in_progress"
    step = client.get(
        reverse("planning:task", args=[task.pk]), {"step": "submit_task", "next": board}
    )
    assert f'name="next" value="{board}"' in step.content.decode()
    elsewhere = client.get(
        reverse("planning:task", args=[task.pk]), {"next": "https://elsewhere.example/"}
    )
    assert elsewhere.context["next"] == ""


def test_a_long_column_leads_to_the_list(task, org, signed_in, monkeypatch):
    monkeypatch.setattr("motcua.planning.queries.board.CARDS", 2)
    client = signed_in(org.chutich)
    monkeypatch.setattr("motcua.planning.queries.board.COUNT_LIMIT", 3)
    page = page_of(client, "task_board", field=task.field, period="")
    assert "hơn 3" in page.content.decode()
    column, url = page.context["columns"][0]
    assert column.more
    assert len(column.cards) == 2
    rows = client.get(url).context["listing"]
    assert rows.count >= column.count
    assert url in page.content.decode().replace("&amp;", "&")


# --- month ----------------------------------------------------------------------------------------


def days(page):
    return {day.date: day for week in page.context["month"].weeks for day in week}


def test_the_month_shows_deadlines_and_days_off(task, org, signed_in):
    client = signed_in(org.chutich)
    page = page_of(client, "task_calendar", month=f"{task.due_on:%Y-%m}")
    day = days(page)[task.due_on]
    assert any(entry.url == reverse("planning:task", args=[task.pk]) for entry in day.entries)
    assert task in [row.object for row in client.get(day.url).context["listing"].rows]
    september = days(page_of(client, "task_calendar", month="2024-09"))
    assert {day.date.day for day in september.values() if day.note and day.in_month} == {2, 3}


def test_a_swapped_saturday_is_worked(running, org, signed_in):
    swapped = days(page_of(signed_in(org.chutich), "task_calendar", month="2024-05"))
    saturdays = [day for day in swapped.values() if day.date.weekday() == 5 and day.note]
    assert [(day.date.isoformat(), day.is_off) for day in saturdays] == [("2024-05-04", False)]


@pytest.mark.parametrize("month", ["", "nonsense", "1999-01", "2024-13"])
def test_a_month_that_is_none_is_this_one(running, org, signed_in, month, settings):
    from datetime import date

    settings.TODAY = date(2024, 9, 30)
    page = page_of(signed_in(org.chutich), "task_calendar", month=month)
    assert page.context["month"].first == date(2024, 9, 1)


def test_a_full_day_counts_the_rest(task, org, signed_in, monkeypatch):
    monkeypatch.setattr("motcua.planning.queries.board.ENTRIES", 1)
    for number in range(2):
        task.pk, task.lineage, task.code = None, None, f"X{number}"
        task._state.adding = True
        task.save()
    page = page_of(signed_in(org.chutich), "task_calendar", month=f"{task.due_on:%Y-%m}")
    labels = [str(entry.label) for entry in days(page)[task.due_on].entries]
    assert labels[1:] == ["còn 2 việc"]


def test_the_views_share_filters(running, org, signed_in):
    asked = {"field": "procedures", "order": "-due", "status": ""}
    page = page_of(signed_in(org.chutich), "tasks", **asked)
    names = ("tasks", "task_board", "task_calendar")
    urls = [f"{reverse(f'planning:{name}')}?field=procedures" for name in names]
    assert [tab.url for tab in page.context["views"]] == urls
    part = signed_in(org.chutich).get(
        reverse("planning:task_board"),
        {"field": "procedures"},
        headers={"HX-Request": "true", "HX-Target": "section#listing"},
    )
    text = part.content.decode()
    assert text.lstrip().startswith("<section")
    assert 'id="views" hx-swap-oob' in text


# --- filters, costs, export -----------------------------------------------------------------------


def test_tasks_are_found_by_period_person_and_steering(task, org, signed_in, now, settings):
    settings.TODAY = now.date()
    client = signed_in(org.chutich)
    rows = page_of(client, "tasks", period="2024-Q1").context["listing"]
    assert all(row.object.due_on.month <= 3 for row in rows.rows)
    assert [str(chip.label) for chip, _url in rows.chips] == ["Quý I năm 2024"]
    mine = page_of(client, "tasks", person=org.tuphap.pk).context["listing"]
    assert 0 < mine.count == Task.objects.of_person(org.tuphap).open().count()
    document = enter_steering(
        agency=org.commune,
        kind=SteeringKind.NOTICE,
        number="9/TB-UBND",
        issued_on=now.date(),
        issuer="UBND huyện",
        summary="Thông báo",
        by=org.chutich,
        at=now,
    )
    page = page_of(client, "tasks", steering=document.pk)
    assert page.context["listing"].count == 0
    assert "9/TB-UBND" in page.content.decode()


def test_people_are_offered_within_one_agency(running, org, signed_in):
    client = signed_in(org.noivu)
    assert "person" not in page_of(client, "tasks").context["listing"].form.fields
    chosen = page_of(client, "tasks", agency=org.commune.pk).context["listing"]
    assert "person" in chosen.form.fields
    named = page_of(client, "tasks", person=org.tuphap.pk).context["listing"]
    assert named.count == Task.objects.of_person(org.tuphap).open().count()
    assert page_of(client, "tasks", person="x").context["listing"].form.errors


def test_costs_stand_against_the_budget(task, running, org, signed_in, settings, now):
    settings.TODAY = now.date()
    running.version.budget = 10_000_000
    running.version.save()
    task.cost = 12_000_000
    task.save()
    client = signed_in(org.chutich)
    for page in (
        page_of(client, "tasks"),
        client.get(reverse("planning:task", args=[task.pk])),
    ):
        assert page.context["costs"].over == 2_000_000
        assert "2.000.000" in page.content.decode()
    assert page_of(signed_in(org.noivu), "tasks").context["costs"] is None


def test_the_columns_of_a_file_are_chosen(task, org, signed_in):
    client = signed_in(org.chutich)
    file = page_of(client, "tasks", export="csv", column=["code", "field"])
    lines = b"".join(file).decode("utf-8-sig").splitlines()
    assert lines[0] == "Mã,Lĩnh vực"
    assert "2.1.1,Cải cách thể chế" in lines
    assert "Sản phẩm" in b"".join(page_of(client, "tasks", export="csv")).decode()
    assert 'name="q"' in page_of(client, "tasks").content.decode()
    assert "percent" not in [
        heading.column.key for heading in page_of(client, "tasks").context["listing"].headings
    ]


# --- steps on many --------------------------------------------------------------------------------


def together(client, step, tasks, **data):
    url = reverse("planning:tasks_together", args=[step])
    return client.post(url, {"selected": [task.pk for task in tasks], **data})


def test_each_is_judged_by_itself(running, task, org, signed_in, now):
    other = Task.objects.open().exclude(pk=task.pk).first()
    submit_task(task=task, text="Số 20/KH-UBND", by=org.tuphap, at=now)
    client = signed_in(org.chutich)
    asked = together(client, "accept_task", [task, other])
    assert asked.status_code == 200
    assert list(asked.context["tasks"]) == sorted([task, other], key=lambda t: (t.due_on, t.pk))
    for _twice in range(2):
        done = together(client, "accept_task", [task, other], together="1", text="Tốt")
        assert done.url == reverse("planning:tasks")
        text = client.get(done.url).content.decode()
        assert "Đã xong 1 nhiệm vụ." in text
        assert f"Chưa làm: {other.code}. Không thể" in text
    task.refresh_from_db()
    assert task.status == "done"
    assert task.notes.filter(step="accept_task").count() == 1


def test_many_are_given_to_another(running, task, org, signed_in):
    office = org.vanphong.appointments.get().post
    client = signed_in(org.chutich)
    wrong = together(client, "reassign", [task], together="1", lead="")
    assert wrong.status_code == 422
    for _twice in range(2):
        together(client, "reassign", [task], together="1", lead=office.pk, next="/work/")
    task.refresh_from_db()
    assert task.lead_post == office
    assert task.notes.filter(step="reassign_task").count() == 1


def test_many_are_reminded_once_a_day(running, task, org, signed_in):
    client = signed_in(org.chutich)
    for _twice in range(2):
        together(client, "remind_task", [task], together="1", text="Nộp trước thứ Sáu")
    told = Message.objects.bell(org.tuphap.account_id).filter(kind="planning.reminder")
    assert told.count() == 1
    assert "Nộp trước thứ Sáu" in told.get().body


def test_many_are_taken_on(running, task, org, signed_in):
    together(signed_in(org.tuphap), "take_on_task", [task], together="1")
    task.refresh_from_db()
    assert task.status == "in_progress"


def test_what_cannot_be_taken_together(running, task, org, signed_in):
    client = signed_in(org.chutich)
    assert together(client, "explode", [task]).status_code == 404
    assert client.get(reverse("planning:tasks_together", args=["reassign"])).status_code == 405
    empty = together(client, "accept_task", [], next="/tasks/?late=on")
    assert empty.url == "/tasks/?late=on"
    refused = together(client, "accept_task", [task], together="1")
    assert "Đã xong 0" not in client.get(refused.url).content.decode()
    foreign = together(signed_in(org.hoangngoc), "remind_task", [task])
    assert foreign.status_code == 303


def test_who_may_nothing_sees_no_ticks(running, org, signed_in):
    assert page_of(signed_in(org.noivu), "tasks").context["listing"].bulk == []
    labels = [one.url for one in page_of(signed_in(org.tuphap), "tasks").context["listing"].bulk]
    assert labels == [reverse("planning:tasks_together", args=["take_on_task"])]


# --- beside, two versions -------------------------------------------------------------------------


def test_the_details_come_beside_the_list(task, org, signed_in):
    client = signed_in(org.tuphap)
    url = reverse("planning:task", args=[task.pk])
    headers = BESIDE | {"HX-Current-URL": "http://testserver/tasks/?late=on"}
    part = client.get(url, headers=headers).content.decode()
    assert "<html" not in part
    assert 'name="next" value="http://testserver/tasks/?late=on"' in part
    assert "<html" in client.get(url).content.decode()


def test_two_versions_stand_side_by_side(task, org, signed_in, now):
    client = signed_in(org.tuphap)
    report_progress(task=task, percent=60, text="Đã trình", by=org.chutich, at=now)
    url = reverse("planning:task_step", args=[task.pk, "report_progress"])
    page = client.post(url, {"percent": "40", "text": "Đang soạn", "lock": task.lock})
    assert page.status_code == 409
    clash = page.context["clash"]
    assert clash.who == org.chutich.full_name
    assert [(line.mine, line.stored) for line in clash.lines] == [
        ("40", "60"),
        ("Đang soạn", "Đã trình"),
    ]
    text = page.content.decode()
    assert "Lưu bản của tôi" in text
    assert "Giữ bản hiện tại" in text
    lock = page.context["task"].lock
    mine = client.post(url, {"percent": "40", "text": "Đang soạn", "lock": lock})
    assert mine.status_code == 303
    task.refresh_from_db()
    assert task.percent == 40


def test_two_versions_of_the_people(task, org, signed_in, now):
    posts = {
        name: person.appointments.get().post
        for name, person in org.people.items()
        if name in ("vanphong", "tuphap", "ketoan")
    }
    reassign_task(
        task=task, lead=posts["vanphong"], helpers=[posts["tuphap"]], by=org.chutich, at=now
    )
    url = reverse("planning:task_step", args=[task.pk, "reassign"])
    page = signed_in(org.chutich).post(url, {"lead": posts["ketoan"].pk, "lock": task.lock})
    lines = {line.label: (line.mine, line.stored) for line in page.context["clash"].lines}
    assert lines["Chủ trì"] == (str(posts["ketoan"]), str(posts["vanphong"]))
    assert lines["Phối hợp"] == ("–", str(posts["tuphap"]))


# --- evidence, visits -----------------------------------------------------------------------------


def test_a_file_alone_is_evidence(running, task, org, signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = signed_in(org.tuphap)
    target = next(t for t in running.targets.values() if t.unit == "%")
    sent = {"on": "01/02/2024", "value": "98", "attached": SimpleUploadedFile("so.txt", b"so")}
    assert client.post(reverse("planning:target", args=[target.pk]), sent).status_code == 303
    url = reverse("planning:task_step", args=[task.pk, "comment_task"])
    assert client.post(url, {"attached": SimpleUploadedFile("a.txt", b"a")}).status_code == 303
    assert task.notes.get().text == "a.txt"


def test_today_says_since_when(task, org, signed_in, now, monkeypatch):
    client = signed_in(org.chutich)
    clock = "motcua.jobs.clock.now"
    moments = [now, now + timedelta(minutes=29), now + timedelta(minutes=70)]
    since = []
    for moment in moments:
        monkeypatch.setattr(clock, lambda moment=moment: moment)
        page = page_of(client, "today")
        since.append(page.context["since"])
    assert since[:2] == [now - timedelta(days=7), moments[1] - timedelta(days=7)]
    assert since[2] == moments[1]
    assert "Từ lần trước, 09:29 ngày 1/3." in page.content.decode()
