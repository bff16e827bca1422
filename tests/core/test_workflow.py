from __future__ import annotations

from enum import StrEnum

import pytest

from motcua.core.workflow import Status, Step, StepNotAllowed, Workflow


class S(Status):
    DRAFT = "draft", "Bản nháp"
    SUBMITTED = "submitted", "Chờ duyệt"
    IN_FORCE = "in_force", "Đang thực hiện"
    CLOSED = "closed", "Đã kết thúc"
    LOST = "lost"


STEPS = Workflow(
    Step("create", set(), S.DRAFT, needs="plan.create", label="Lập"),
    Step("note", {S.DRAFT, S.IN_FORCE}, None, needs="plan.edit", label="Ghi chú"),
    Step("submit", {S.DRAFT}, S.SUBMITTED, needs="plan.edit", label="Trình"),
    Step("approve", {S.SUBMITTED}, S.IN_FORCE, needs="plan.approve", label="Phê duyệt"),
    Step("return", {S.SUBMITTED}, S.DRAFT, needs="plan.approve", label="Trả lại"),
    Step("close", {S.IN_FORCE}, S.CLOSED, needs="plan.approve"),
)


def names(steps):
    return [step.name for step in steps]


def test_allowed_steps_are_in_table_order():
    assert names(STEPS.allowed(S.DRAFT)) == ["note", "submit"]
    assert names(STEPS.allowed("submitted")) == ["approve", "return"]
    assert STEPS.allowed(S.CLOSED) == ()


def test_check_gives_the_state_after_the_step():
    assert STEPS.check("approve", S.SUBMITTED) is S.IN_FORCE
    assert STEPS.check("note", "in_force") is S.IN_FORCE


@pytest.mark.parametrize(
    ("step", "status", "sentence"),
    [
        ("approve", S.DRAFT, "Không thể “Phê duyệt” khi đang ở trạng thái “Bản nháp”."),
        ("close", "lost", "Không thể “close” khi đang ở trạng thái “lost”."),
        ("create", S.DRAFT, "Không thể “Lập” khi đang ở trạng thái “Bản nháp”."),
    ],
)
def test_check_refuses_with_a_sentence(step, status, sentence):
    assert not STEPS.can(step, status)
    with pytest.raises(StepNotAllowed) as refusal:
        STEPS.check(step, status)
    assert str(refusal.value) == sentence


def test_can():
    assert STEPS.can("submit", "draft")


def test_unknown_names_are_mistakes_of_the_program():
    with pytest.raises(KeyError):
        STEPS.check("burn", S.DRAFT)
    with pytest.raises(ValueError, match="gone"):
        STEPS.allowed("gone")


def test_the_table_is_known_as_a_whole():
    assert names(STEPS) == ["create", "note", "submit", "approve", "return", "close"]
    assert STEPS["close"].needs == "plan.approve"
    assert repr(STEPS["close"]) == "Step('close')"
    assert STEPS.statuses == tuple(S)
    assert STEPS.initial == {S.DRAFT}
    assert STEPS.dead_ends == {S.CLOSED, S.LOST}
    assert STEPS.unreachable == {S.LOST}


def test_status_carries_its_word():
    assert S.DRAFT == "draft"
    assert S.choices()[0] == ("draft", "Bản nháp")
    assert S("lost").label == "lost"


def test_diagram():
    assert STEPS.mermaid() == (
        "stateDiagram-v2\n"
        "    DRAFT: Bản nháp\n"
        "    SUBMITTED: Chờ duyệt\n"
        "    IN_FORCE: Đang thực hiện\n"
        "    CLOSED: Đã kết thúc\n"
        "    LOST: lost\n"
        "    [*] --> DRAFT: Lập\n"
        "    DRAFT --> DRAFT: Ghi chú\n"
        "    IN_FORCE --> IN_FORCE: Ghi chú\n"
        "    DRAFT --> SUBMITTED: Trình\n"
        "    SUBMITTED --> IN_FORCE: Phê duyệt\n"
        "    SUBMITTED --> DRAFT: Trả lại\n"
        "    IN_FORCE --> CLOSED: close\n"
        "    CLOSED --> [*]\n"
        "    LOST --> [*]\n"
    )


class Plain(StrEnum):
    OPEN = "open"


def test_statuses_without_words_will_do():
    steps = Workflow(Step("make", (), Plain.OPEN, needs="x"))
    with pytest.raises(StepNotAllowed, match="open"):
        steps.check("make", Plain.OPEN)


@pytest.mark.parametrize(
    ("steps", "complaint"),
    [
        (
            (Step("a", {S.DRAFT}, None, needs="x"), Step("a", {S.LOST}, None, needs="x")),
            "same name",
        ),
        ((), "exactly one kind"),
        ((Step("a", {S.DRAFT}, Plain.OPEN, needs="x"),), "exactly one kind"),
        ((Step("a", (), None, needs="x"), Step("b", (), S.DRAFT, needs="x")), "leads nowhere"),
    ],
)
def test_a_table_that_contradicts_itself(steps, complaint):
    with pytest.raises(ValueError, match=complaint):
        Workflow(*steps)
