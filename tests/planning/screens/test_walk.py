"""Every page of working with tasks: strangers, other agencies, both languages, costs."""

import pytest
from django.urls import reverse

from motcua.files.models import Attachment
from motcua.planning.actions import ask_extension, comment_task, enter_steering, record_value
from motcua.planning.actions.tasks import Upload
from motcua.planning.models import TargetValue, Task
from motcua.planning.rules import SteeringKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(running, org, now):
    """A task with a file and an extension asked, a target with values, a steering document."""
    task = running.tasks["2.1.1"]
    target = next(iter(running.targets.values()))
    comment_task(
        task=task, text="Xem tệp", by=org.tuphap, at=now, files=[Upload("a.txt", b"noi dung")]
    )
    extension = ask_extension(
        task=task, new_due_on=now.date().replace(month=5), reason="Chờ", by=org.tuphap, at=now
    )
    for day in (1, 15):
        record_value(
            target=target,
            on=now.date().replace(month=2, day=day),
            value=80 + day,
            evidence="Sổ theo dõi",
            files=[Upload(f"so-{day}.txt", b"so theo doi")],
            by=org.tuphap,
            at=now,
        )
    document = enter_steering(
        agency=org.commune,
        kind=SteeringKind.CONCLUSION,
        number="12/KL-UBND",
        issued_on=now.date(),
        issuer="UBND huyện",
        summary="Đẩy nhanh cải cách",
        files=[Upload("ket-luan.txt", b"ket luan")],
        by=org.chutich,
        at=now,
    )
    running.file = Attachment.objects.of(task).get()
    running.proof = Attachment.objects.filter(name="so-1.txt").get()
    running.source = Attachment.objects.of(document).get()
    running.task, running.target = task, target
    running.extension, running.document = extension, document
    return running


def addresses(scene):
    return {
        "lists": [
            reverse(f"planning:{name}")
            for name in (
                "my_work",
                "today",
                "messages",
                "tasks",
                "task_board",
                "task_calendar",
                "targets",
                "steering",
            )
        ],
        "forms": [reverse("planning:new_task"), reverse("planning:new_steering")],
        "objects": [
            reverse("planning:task", args=[scene.task.pk]),
            reverse("planning:task_file", args=[scene.task.pk, scene.file.pk]),
            reverse("planning:target", args=[scene.target.pk]),
            reverse("planning:steering_document", args=[scene.document.pk]),
            reverse("planning:value_file", args=[scene.target.pk, scene.proof.pk]),
            reverse("planning:steering_file", args=[scene.document.pk, scene.source.pk]),
        ],
        "posts": [
            reverse("planning:task_step", args=[scene.task.pk, "comment_task"]),
            reverse("planning:decide_extension", args=[scene.extension.pk]),
        ],
        "together": [reverse("planning:tasks_together", args=["accept_task"])],
    }


def test_a_stranger_is_sent_to_log_in(scene, client):
    for kind, urls in addresses(scene).items():
        for url in urls:
            response = client.post(url) if kind in ("posts", "together") else client.get(url)
            assert response.status_code == 302, url
            assert "/account/login/" in response.url


def test_another_commune_sees_nothing(scene, org, signed_in):
    client = signed_in(org.hoangngoc)
    found = addresses(scene)
    for url in found["objects"]:
        assert client.get(url).status_code == 404, url
    for url in found["posts"]:
        assert client.post(url, {"text": "x"}).status_code == 404, url
    for url in found["lists"]:
        page = client.get(url)
        assert page.status_code == 200, url
        assert scene.task.text not in page.content.decode()
        assert scene.target.text not in page.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_opens(scene, org, signed_in, language):
    client = signed_in(org.chutich)
    client.cookies["django_language"] = language
    found = addresses(scene)
    for url in found["lists"] + found["forms"] + found["objects"]:
        assert client.get(url).status_code == 200, url


def test_a_log_in_without_a_person_is_refused(scene, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("may", "may@example.vn"))
    assert client.get(reverse("planning:my_work")).status_code == 403


def test_who_may_not_give_work_is_told_who_may(scene, org, signed_in):
    client = signed_in(org.tuphap)
    for name in ("new_task", "new_steering"):
        assert client.get(reverse(f"planning:{name}")).status_code == 403


def grow(scene, rows=20):
    """More of everything that the pages show."""
    for number in range(rows):
        task = Task.objects.get(pk=scene.task.pk)
        people = list(task.assignees.all())
        task.pk, task.lineage, task.code = None, None, f"X{number}"
        task._state.adding = True
        task.save()
        for row in people:
            row.pk, row.task = None, task
            row._state.adding = True
            row.save()
        task.notes.create(at=task.changed_at, by_id=people[0].person_id, step="x", percent=0)
        scene.target.values.update(replaced=True)
        TargetValue.objects.create(
            target=scene.target, on=task.starts_on, value=number, at=task.changed_at
        )


@pytest.mark.parametrize(
    "name",
    [
        "my_work",
        "today",
        "tasks",
        "task_board",
        "task_calendar",
        "targets",
        "messages",
        "steering",
    ],
)
def test_a_list_costs_the_same_for_any_length(
    scene, org, signed_in, django_assert_max_num_queries, name
):
    client = signed_in(org.tuphap if name == "my_work" else org.chutich)
    url = reverse(f"planning:{name}")
    client.get(url)
    with django_assert_max_num_queries(60) as before:
        client.get(url)
    grow(scene)
    with django_assert_max_num_queries(len(before)):
        client.get(url)


def test_the_task_page_costs_the_same_for_any_history(
    scene, org, signed_in, now, django_assert_max_num_queries
):
    client = signed_in(org.chutich)
    url = reverse("planning:task", args=[scene.task.pk])
    client.get(url)
    with django_assert_max_num_queries(60) as before:
        client.get(url)
    for number in range(10):
        comment_task(task=scene.task, text=f"Ý kiến {number}", by=org.tuphap, at=now)
    with django_assert_max_num_queries(len(before)):
        client.get(url)
