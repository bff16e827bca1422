"""What each step on a task does, what it refuses, what it leaves behind."""

from datetime import date, timedelta

import pytest

from motcua.audit.models import Entry
from motcua.core.errors import Stale
from motcua.core.workflow import StepNotAllowed
from motcua.files.models import Attachment
from motcua.notify.models import Message
from motcua.org.actions import end_service
from motcua.org.permissions import NotAllowed, actor_of
from motcua.planning import actions
from motcua.planning.actions.assigning import AssigneeLeft, DueBeforeStart, PostVacant
from motcua.planning.actions.confirming import ReasonMissing, TextMissing
from motcua.planning.actions.tasks import PercentOutside, ProofMissing
from motcua.planning.models import Task
from motcua.planning.permissions import NotYours

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(running):
    return running.tasks["2.1.1"]


def post_of(person):
    return person.appointments.get().post


def last_trace(obj):
    return Entry.objects.about(obj).first()


def handed_in(task, org, now, text="Kế hoạch số 20/KH-UBND"):
    return actions.submit_task(task=task, text=text, by=org.tuphap, at=now)


def accepted(task, org, now):
    return actions.accept_task(task=handed_in(task, org, now), by=org.chutich, at=now)


def test_progress_is_told_with_its_proof(task, org, now):
    told = actions.report_progress(
        task=task,
        percent=40,
        text=" Đã rà soát ",
        by=org.tuphap,
        at=now,
        files=[actions.Upload("ket-qua.txt", b"da lam")],
    )
    assert (told.status, told.percent, told.lock) == ("in_progress", 40, task.lock + 1)
    note = task.notes.get()
    assert (note.text, note.percent, note.by) == ("Đã rà soát", 40, org.tuphap)
    assert Attachment.objects.of(task).get().kind == "evidence"
    assert last_trace(task).action in {"planning.report_progress", "files.attach"}


@pytest.mark.parametrize("percent", [-1, 101])
def test_progress_outside_is_refused(task, org, now, percent):
    with pytest.raises(PercentOutside):
        actions.report_progress(task=task, percent=percent, text="", by=org.tuphap, at=now)


def test_two_people_do_not_overwrite_each_other(task, org, now):
    with pytest.raises(Stale) as nobody:
        actions.report_progress(task=task, percent=1, text="", by=org.tuphap, at=now, lock=0)
    assert nobody.value.params["who"] == "—"
    actions.report_progress(task=task, percent=1, text="", by=org.tuphap, at=now, lock=task.lock)
    with pytest.raises(Stale) as refused:
        actions.report_progress(
            task=task, percent=2, text="", by=org.tuphap, at=now, lock=task.lock
        )
    assert refused.value.params["who"] == org.tuphap.full_name


def test_a_task_with_a_product_asks_for_it(org, now):
    task = give(org, now, product="Kế hoạch rà soát")
    with pytest.raises(ProofMissing):
        actions.submit_task(task=task, text=" ", by=org.tuphap, at=now)
    file = actions.Upload("san-pham.txt", b"ke hoach")
    done = actions.submit_task(task=task, text="", by=org.tuphap, at=now, files=[file])
    assert (done.status, done.percent) == ("submitted", 100)
    assert Attachment.objects.of(task).get().kind == "product"


def test_a_file_kept_before_is_proof_enough(org, now):
    task = give(org, now, product="Kế hoạch rà soát")
    file = actions.Upload("san-pham.txt", b"ke hoach")
    actions.comment_task(task=task, text="Bản thảo", by=org.tuphap, at=now, files=[file])
    assert actions.submit_task(task=task, text="", by=org.tuphap, at=now).status == "submitted"


def test_the_day_of_handing_in_counts(task, org, now):
    handed_in(task, org, now)
    done = actions.accept_task(task=task, by=org.chutich, at=now + timedelta(days=9))
    assert (done.status, done.done_on) == ("done", now.date())
    assert last_trace(task).action == "planning.accept_task"


def test_only_what_was_handed_in_is_accepted(task, org, now):
    with pytest.raises(StepNotAllowed):
        actions.accept_task(task=task, by=org.chutich, at=now)
    handed_in(task, org, now)
    with pytest.raises(NotAllowed):
        actions.accept_task(task=task, by=org.tuphap, at=now)


def test_a_task_is_sent_back_and_its_lead_is_told(task, org, now):
    handed_in(task, org, now)
    with pytest.raises(ReasonMissing):
        actions.return_task(task=task, reason=" ", by=org.chutich, at=now)
    back = actions.return_task(task=task, reason="Thiếu phụ lục", by=org.chutich, at=now)
    assert (back.status, back.percent) == ("in_progress", 90)
    message = Message.objects.bell(org.tuphap.account_id).get(kind="planning.returned")
    assert "Thiếu phụ lục" in message.body
    assert last_trace(task).action == "planning.return_task"


def test_a_done_task_is_opened_again(task, org, now):
    accepted(task, org, now)
    with pytest.raises(ReasonMissing):
        actions.reopen_task(task=task, reason="", by=org.chutich, at=now)
    again = actions.reopen_task(task=task, reason="Số liệu sai", by=org.chutich, at=now)
    assert (again.status, again.done_on) == ("in_progress", None)
    assert last_trace(task).action == "planning.reopen_task"


def test_a_task_is_stopped_with_its_reason(task, org, now):
    with pytest.raises(ReasonMissing):
        actions.cancel_task(task=task, reason="", by=org.chutich, at=now)
    stopped = actions.cancel_task(task=task, reason="Trùng việc", by=org.chutich, at=now)
    assert (stopped.status, stopped.closed_note) == ("cancelled", "Trùng việc")
    assert last_trace(task).action == "planning.cancel_task"


def test_a_series_is_as_far_as_its_instances(running, org, now):
    series = running.tasks["2.1.2"]
    instances = list(series.instances.order_by("due_on"))
    accepted(instances[0], org, now)
    series.refresh_from_db()
    assert (series.status, series.percent) == ("in_progress", 25)
    for instance in instances[1:]:
        accepted(instance, org, now)
    series.refresh_from_db()
    assert (series.status, series.percent, series.done_on) == ("done", 100, now.date())
    actions.reopen_task(task=instances[0], reason="Xem lại", by=org.chutich, at=now)
    series.refresh_from_db()
    assert (series.status, series.percent, series.done_on) == ("in_progress", 75, None)


def test_a_series_whose_instances_are_all_stopped_is_not_done(running, org, now):
    series = running.tasks["2.1.2"]
    for instance in series.instances.all():
        actions.cancel_task(task=instance, reason="Bỏ", by=org.chutich, at=now)
    series.refresh_from_db()
    assert (series.status, series.percent) == ("in_progress", 0)


def test_a_question_reaches_the_lead(task, org, now):
    with pytest.raises(TextMissing):
        actions.comment_task(task=task, text=" ", by=org.chutich, at=now)
    actions.comment_task(task=task, text="Đến đâu rồi?", by=org.chutich, at=now)
    actions.comment_task(task=task, text="Sắp xong", by=org.tuphap, at=now)
    told = Message.objects.bell(org.tuphap.account_id).filter(kind="planning.comment")
    assert [message.body.splitlines()[-1] for message in told] == ["Đến đâu rồi?"]
    assert last_trace(task).action == "planning.comment_task"


def test_who_does_not_see_a_task_does_not_speak_on_it(task, org, now):
    with pytest.raises(NotAllowed):
        actions.comment_task(task=task, text="Xin chào", by=org.hoangngoc, at=now)


def give(org, now, **changes):
    values = {
        "agency": org.commune,
        "text": "Kiểm tra niêm yết",
        "field": "procedures",
        "lead": post_of(org.tuphap),
        "due_on": now.date() + timedelta(days=10),
        "by": org.chutich,
        "at": now,
    }
    return actions.assign_task(**values | changes)


def test_a_task_is_given(org, now):
    task = give(org, now, helpers=[post_of(org.vanphong), post_of(org.tuphap)])
    assert (task.code, task.status, task.lead_person) == ("G1", "assigned", org.tuphap)
    assert [(a.person, a.leads) for a in task.assignees.order_by("-leads")] == [
        (org.tuphap, True),
        (org.vanphong, False),
    ]
    assert Message.objects.bell(org.tuphap.account_id).get().kind == "planning.assigned"
    assert last_trace(task).action == "planning.assign_task"
    assert give(org, now, text="Việc khác").code == "G2"


def test_a_form_sent_twice_gives_and_says_once(task, org, now):
    assert give(org, now) == give(org, now)
    assert Message.objects.bell(org.tuphap.account_id).filter(kind="planning.assigned").count() == 1
    for _click in range(2):
        actions.comment_task(task=task, text="Đến đâu rồi?", by=org.chutich, at=now)
    assert task.notes.filter(step="comment_task").count() == 1
    later = now + timedelta(hours=1)
    actions.comment_task(task=task, text="Đến đâu rồi?", by=org.chutich, at=later)
    assert task.notes.filter(step="comment_task").count() == 2


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"text": " "}, TextMissing),
        ({"due_on": date(2024, 1, 1)}, DueBeforeStart),
    ],
)
def test_a_task_that_cannot_be_given(org, now, changes, refusal):
    with pytest.raises(refusal):
        give(org, now, **changes)
    assert not Task.objects.exists()


def leave(person, org, now):
    end_service(person=person, agency=org.commune, on=now.date(), by=actor_of(org.quantri), at=now)


def test_nobody_is_given_work_who_is_not_there(task, org, now):
    post = post_of(org.tuphap)
    leave(org.tuphap, org, now)
    after = now + timedelta(days=2)
    with pytest.raises(PostVacant):
        give(org, after, lead=post)
    with pytest.raises(PostVacant):
        actions.reassign_task(task=task, lead=post, by=org.chutich, at=after)
    with pytest.raises(AssigneeLeft):
        actions.reassign_task(task=task, lead=post, person=org.tuphap, by=org.chutich, at=after)


def test_a_task_goes_to_another(task, org, now):
    helper = post_of(org.motcua)
    given = actions.reassign_task(
        task=task,
        lead=post_of(org.vanphong),
        helpers=[helper],
        reason="Cân đối việc",
        by=org.chutich,
        at=now,
    )
    assert given.lead_person == org.vanphong
    assert {(a.post, a.leads) for a in task.assignees.all()} == {
        (post_of(org.vanphong), True),
        (helper, False),
    }
    again = actions.reassign_task(task=task, lead=post_of(org.tuphap), by=org.chutich, at=now)
    assert again.assignees.filter(leads=False).get().post == helper
    assert Message.objects.bell(org.vanphong.account_id).get().kind == "planning.assigned"
    assert last_trace(task).action == "planning.reassign_task"


def test_who_neither_leads_nor_helps_does_not_report(task, org, now):
    with pytest.raises(NotYours) as refused:
        actions.report_progress(task=task, percent=10, text="", by=org.motcua, at=now)
    assert refused.value.params["who"] == org.tuphap.full_name


def test_taking_on_begins_the_work_once(task, org, now):
    for _twice in range(2):
        begun = actions.take_on_task(task=task, by=org.tuphap, at=now)
        assert begun.status == "in_progress"
    assert task.notes.filter(step="take_on_task").count() == 1
    assert last_trace(task).action == "planning.take_on_task"
    with pytest.raises(StepNotAllowed):
        actions.take_on_task(task=task, by=org.tuphap, at=now + timedelta(minutes=2))


def test_accepting_twice_is_accepting_once(task, org, now):
    handed_in(task, org, now)
    for _twice in range(2):
        assert actions.accept_task(task=task, by=org.chutich, at=now).status == "done"
    assert task.notes.filter(step="accept_task").count() == 1


def test_giving_to_whom_it_belongs_changes_nothing(task, org, now):
    before = task.lock
    actions.reassign_task(task=task, lead=post_of(org.tuphap), by=org.chutich, at=now, lock=0)
    task.refresh_from_db()
    assert task.lock == before


def test_files_alone_speak_by_their_names(task, org, now):
    files = [actions.Upload("a.txt", b"a"), actions.Upload("b.txt", b"b")]
    note = actions.comment_task(task=task, text=" ", by=org.tuphap, at=now, files=files)
    assert note.text == "a.txt, b.txt"
