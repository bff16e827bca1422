"""What a person does on the pages of tasks, targets and steering documents."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.audit.models import Entry
from motcua.files.models import Attachment
from motcua.notify.models import Message
from motcua.planning.actions import ask_extension, submit_task
from motcua.planning.models import SteeringDocument, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(running):
    return running.tasks["2.1.1"]


def step(client, task, name, **data):
    url = reverse("planning:task_step", args=[task.pk, name])
    response = client.post(url, data)
    task.refresh_from_db()
    return response


def test_the_task_page_leads_to_its_sentence(running, task, org, signed_in):
    page = signed_in(org.tuphap).get(reverse("planning:task", args=[task.pk])).content.decode()
    version = reverse("planning:version", args=[running.plan.pk, running.version.no])
    assert f"{version}#item-{task.item_id}" in page
    assert "vì sao?" in page
    assert "ngày làm việc" in page


def test_progress_with_a_file(task, org, signed_in):
    file = SimpleUploadedFile("ket-qua.txt", b"da lam")
    response = step(
        signed_in(org.tuphap),
        task,
        "report_progress",
        percent="40",
        text="Đã rà soát",
        attached=file,
    )
    assert response.status_code == 303
    assert (task.status, task.percent) == ("in_progress", 40)
    page = signed_in(org.chutich).get(response.url).content.decode()
    assert "ket-qua.txt" in page
    assert "Đã rà soát" in page


def test_a_file_is_sent_as_a_download(task, org, signed_in):
    file = SimpleUploadedFile("ket-qua.txt", b"da lam")
    client = signed_in(org.tuphap)
    step(client, task, "comment_task", text="Xem", attached=file)
    entry = Entry.objects.about(task).filter(action="files.attach").get()
    assert entry.label == "ket-qua.txt"
    pk = Attachment.objects.of(task).get().pk
    sent = client.get(reverse("planning:task_file", args=[task.pk, pk]))
    assert sent.content == b"da lam"
    assert "attachment" in sent.headers["Content-Disposition"]


def test_a_task_goes_its_way(task, org, signed_in, client):
    signed_in(org.tuphap)
    step(client, task, "submit_task", text="Kế hoạch số 20/KH-UBND")
    assert task.status == "submitted"
    client.force_login(org.chutich.account)
    step(client, task, "return_task", reason="Thiếu phụ lục")
    assert task.status == "in_progress"
    client.force_login(org.tuphap.account)
    step(client, task, "submit_task", text="Đã bổ sung")
    client.force_login(org.chutich.account)
    step(client, task, "accept_task")
    assert task.status == "done"
    step(client, task, "reopen_task", reason="Xem lại")
    assert task.status == "in_progress"
    step(client, task, "cancel_task", reason="Không còn cần")
    assert (task.status, task.closed_note) == ("cancelled", "Không còn cần")


@pytest.mark.parametrize(
    ("name", "data", "status", "typed"),
    [
        ("report_progress", {"percent": "140", "text": "Gõ dở"}, 422, "Gõ dở"),
        ("report_progress", {"percent": "40", "text": "Gõ dở", "lock": "0"}, 409, "Gõ dở"),
        ("ask_extension", {"new_due_on": "01/01/2024", "reason": "Xin thêm"}, 422, "Xin thêm"),
        ("ask_extension", {"new_due_on": "30/12/2024", "reason": ""}, 422, "30/12/2024"),
        ("accept_task", {"text": "Tôi tự xong"}, 409, "Tôi tự xong"),
        ("comment_task", {"text": " "}, 422, "comment_task-text"),
        ("cancel_task", {"reason": "Bỏ đi"}, 403, "Bỏ đi"),
    ],
)
def test_a_refused_step_keeps_what_was_typed(task, org, signed_in, name, data, status, typed):
    before = (task.status, task.percent, task.due_on)
    response = step(signed_in(org.tuphap), task, name, **data)
    assert response.status_code == status
    assert typed in response.content.decode()
    assert (task.status, task.percent, task.due_on) == before


def test_a_link_opens_the_step_it_names(task, org, signed_in):
    url = reverse("planning:task", args=[task.pk])
    page = signed_in(org.tuphap).get(url, {"step": "report_progress"})
    assert [one.name for one in page.context["steps"] if one.is_open] == ["report_progress"]


def test_a_step_that_does_not_exist(task, org, signed_in):
    client = signed_in(org.tuphap)
    assert step(client, task, "explode").status_code == 404
    assert (
        client.get(reverse("planning:task_step", args=[task.pk, "submit_task"])).status_code == 405
    )


def test_more_time_is_granted_with_one_tap(task, org, signed_in, client):
    signed_in(org.tuphap)
    step(client, task, "ask_extension", new_due_on="30/12/2024", reason="Chờ hướng dẫn")
    extension = task.extensions.get()
    client.force_login(org.chutich.account)
    for page in ("today", "my_work"):
        assert "Chờ hướng dẫn" in client.get(reverse(f"planning:{page}")).content.decode()
    url = reverse("planning:decide_extension", args=[extension.pk])
    sent = {"decision": "grant", "next": reverse("planning:today")}
    assert client.post(url, sent).url == reverse("planning:today")
    task.refresh_from_db()
    assert task.due_on == date(2024, 12, 30)
    again = client.post(url, {"decision": "grant", "next": "https://elsewhere.example/"})
    assert again.url == reverse("planning:task", args=[task.pk])


def test_a_refusal_of_more_time_needs_its_reason(task, org, signed_in, now):
    extension = ask_extension(
        task=task, new_due_on=date(2024, 12, 30), reason="Chờ", by=org.tuphap, at=now
    )
    client = signed_in(org.chutich)
    url = reverse("planning:decide_extension", args=[extension.pk])
    page = client.post(url, {"decision": "refuse"}, follow=True)
    assert "lý do" in page.content.decode()
    extension.refresh_from_db()
    assert extension.status == "asked"


def test_a_task_is_given_to_another(task, org, signed_in):
    office = org.vanphong.appointments.get().post
    step(signed_in(org.chutich), task, "reassign", lead=office.pk, reason="Cân đối việc")
    assert task.lead_person == org.vanphong
    assert task.lead_post == office


def test_a_series_is_done_by_its_instances(running, org, signed_in):
    series = running.tasks["2.1.2"]
    page = signed_in(org.chutich).get(reverse("planning:task", args=[series.pk]))
    names = [one.name for one in page.context["steps"]]
    assert "report_progress" not in names
    assert "cancel_task" in names
    assert len(page.context["instances"]) == 4
    instance = page.context["instances"][0]
    shown = signed_in(org.chutich).get(reverse("planning:task", args=[instance.pk]))
    assert reverse("planning:task", args=[series.pk]) in shown.content.decode()


def test_my_work_is_grouped(task, running, org, signed_in, now, settings):
    settings.TODAY = date(2024, 4, 1)
    other = Task.objects.of_person(org.tuphap).followed().exclude(pk=task.pk).first()
    submit_task(task=other, text="Xong", by=org.tuphap, at=now)
    page = signed_in(org.tuphap).get(reverse("planning:my_work"))
    groups = {group.key: group.tasks for group in page.context["groups"]}
    assert other in groups["waiting"]
    assert task in groups["late"]


def test_numbers_of_today_are_their_rows(running, org, signed_in):
    client = signed_in(org.chutich)
    page = client.get(reverse("planning:today"))
    for number, url in (("late", "late_url"), ("due", "due_url")):
        rows = client.get(page.context[url]).context["listing"]
        assert rows.count == page.context[number]
        assert rows.chips
    shown = client.get(reverse("planning:targets"), {"risk": "on"})
    assert sum(len(part.rows) for part in shown.context["parts"]) == page.context["risky"]


def test_today_tells_what_changed_since_the_last_visit(task, org, signed_in, client):
    signed_in(org.chutich)
    client.get(reverse("planning:today"))
    client.force_login(org.tuphap.account)
    step(client, task, "report_progress", percent="30", text="Đang làm")
    client.force_login(org.chutich.account)
    changes = client.get(reverse("planning:today")).context["changes"]
    assert [(event.text, event.who) for event in changes] == [
        ("Cập nhật tiến độ", org.tuphap.full_name)
    ]
    assert client.get(reverse("planning:today")).context["changes"]  # a reload keeps the news
    assert client.post(reverse("planning:today")).status_code == 303
    assert not client.get(reverse("planning:today")).context["changes"]


def test_tasks_are_found_without_diacritics_and_exported(task, org, signed_in):
    client = signed_in(org.chutich)
    rows = client.get(reverse("planning:tasks"), {"q": "ra soat van ban"}).context["listing"].rows
    assert [row.object for row in rows] == [task]
    file = client.get(reverse("planning:tasks"), {"export": "csv"})
    assert task.text in b"".join(file).decode()


@pytest.mark.parametrize("asked", [{"field": "procedures"}, {"status": "done"}, {"late": "on"}])
def test_tasks_are_filtered(running, org, signed_in, asked):
    rows = signed_in(org.chutich).get(reverse("planning:tasks"), asked).context["listing"]
    assert rows.count < Task.objects.followed().count()


def test_the_district_filters_by_agency(running, org, signed_in):
    client = signed_in(org.noivu)
    found = client.get(reverse("planning:tasks"), {"agency": org.commune.pk}).context["listing"]
    assert found.count == Task.objects.followed().count()
    assert (
        client.get(reverse("planning:tasks"), {"agency": org.neighbour.pk}).context["listing"].count
        == 0
    )


def test_a_new_task_is_given_and_its_lead_is_told(org, running, signed_in):
    post = org.tuphap.appointments.get().post
    client = signed_in(org.chutich)
    sent = {
        "text": "Kiểm tra niêm yết",
        "field": "procedures",
        "lead": post.pk,
        "due_on": "31/12/2030",
    }
    response = client.post(reverse("planning:new_task"), sent)
    task = Task.objects.get(text="Kiểm tra niêm yết")
    assert response.url == reverse("planning:task", args=[task.pk])
    assert Message.objects.bell(org.tuphap.account_id).filter(kind="planning.assigned").exists()
    refused = client.post(reverse("planning:new_task"), sent | {"due_on": "01/01/2020"})
    assert refused.status_code == 422
    assert "Kiểm tra niêm yết" in refused.content.decode()


def test_a_steering_document_gives_tasks(org, running, signed_in):
    client = signed_in(org.chutich)
    sent = {
        "kind": "telegram",
        "number": "05/CĐ-TTg",
        "issued_on": "20/02/2024",
        "issuer": "Thủ tướng Chính phủ",
        "abstract": "Đẩy mạnh cải cách",
        "attached": SimpleUploadedFile("cd.txt", b"cong dien"),
    }
    assert client.post(reverse("planning:new_steering"), sent).status_code == 303
    document = SteeringDocument.objects.get()
    post = org.tuphap.appointments.get().post
    task = {"text": "Báo cáo", "field": "steering", "lead": post.pk, "due_on": "31/12/2030"}
    client.post(f"{reverse('planning:new_task')}?steering={document.pk}", task)
    page = client.get(reverse("planning:steering_document", args=[document.pk])).content.decode()
    assert "CĐ1" in page
    assert "cd.txt" in page
    assert "0/1" in client.get(reverse("planning:steering")).content.decode()
    again = client.post(reverse("planning:new_steering"), sent)
    assert again.status_code == 422
    assert "Đẩy mạnh cải cách" in again.content.decode()


def test_a_value_is_entered_with_its_evidence(running, org, signed_in):
    target = next(t for t in running.targets.values() if t.unit == "%")
    client = signed_in(org.tuphap)
    url = reverse("planning:target", args=[target.pk])
    sent = {"on": "01/02/2024", "numerator": "1.176", "denominator": "1.200"}
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert not target.values.exists()
    assert client.post(url, sent | {"evidence": "Sổ một cửa"}).status_code == 303
    assert str(target.values.get().value) == "98.0000"
    client.post(url, {"on": "01/03/2024", "value": "99,5", "evidence": "Sổ một cửa"})
    page = client.get(url)
    assert page.context["figure"] is not None
    assert "Sổ một cửa" in page.content.decode()
    assert client.post(url, {}).status_code == 422


def test_who_only_looks_gets_no_form(running, org, signed_in):
    target = next(iter(running.targets.values()))
    page = signed_in(org.noivu).get(reverse("planning:target", args=[target.pk]))
    assert page.context["form"] is None


def test_messages_are_marked_read(task, org, signed_in, client):
    signed_in(org.chutich)
    for words in ("Đến đâu rồi?", "Còn phụ lục?"):
        step(client, task, "comment_task", text=words)
    client.force_login(org.tuphap.account)
    url = reverse("planning:messages")
    rows = client.get(url).context["rows"]
    assert len(rows) == 2
    client.post(url, {"message": rows[0].pk})
    assert Message.objects.unread(org.tuphap.account_id).count() == 1
    client.post(url)
    assert not Message.objects.unread(org.tuphap.account_id).exists()
