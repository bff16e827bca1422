"""A believable year: week by week people report, hand in, accept, run late, ask for more time."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from motcua.org.models import Agency, Person, Post
from motcua.planning import actions
from motcua.planning.models import Plan, SteeringDocument, Target, Task
from motcua.planning.models.tasks import TaskQuerySet
from motcua.planning.rules import OPEN_TASKS, SteeringKind, TaskStatus
from motcua.site.demo.timeline import Timeline, moment

SEED = 20240930

#: What people write when they report.
_PROGRESS = (
    "Đã xây dựng dự thảo, đang lấy ý kiến các công chức chuyên môn.",
    "Đang tổng hợp số liệu của các bộ phận.",
    "Đã họp thống nhất nội dung, chờ hoàn thiện hồ sơ.",
    "Đã gửi văn bản đề nghị các đơn vị phối hợp cung cấp thông tin.",
    "Hoàn thành phần rà soát, đang viết báo cáo.",
)
_LATE = (
    "Chậm do chờ văn bản hướng dẫn của cấp trên.",
    "Chậm do các đơn vị phối hợp chưa gửi số liệu.",
    "Chậm do công chức phụ trách tham gia đoàn kiểm tra của huyện.",
)
_DONE = "Đã hoàn thành {product}, gửi kèm số văn bản {number}."
_MORE_TIME = "Cần thêm thời gian để hoàn chỉnh hồ sơ theo góp ý của Phòng Nội vụ."


class Year:
    """The year from the plan's approval on: its random draws and its people. Acts are added to the
    timeline; those after its end do not happen."""

    def __init__(
        self,
        *,
        agency: Agency,
        plan: Plan,
        people: dict[str, Person],
        pack: dict[str, Any],
        today: date,
        timeline: Timeline,
    ) -> None:
        self.agency, self.plan, self.people, self.pack = agency, plan, people, pack
        self.today, self.timeline = today, timeline
        self.draw = random.Random(SEED)  # noqa: S311 # a seeded simulation, no secret
        self.posts = {post.code: post for post in Post.objects.filter(agency=agency)}
        self.documents = 20
        self._begin()

    def at(self, day: date, hour: int = 9) -> datetime:
        """A working moment of a day."""
        return moment(min(day, self.today), hour, self.draw.randrange(0, 59))

    def _begin(self) -> None:
        for row in self.pack["steering"]:
            at = self.at(row["issued_on"] + timedelta(days=2), 8)
            self.timeline.add(at, partial(self._steer, row, at))
        for task in Task.objects.filter(plan=self.plan).followed().order_by("due_on", "pk"):
            self._live(task)
        self._values()
        self._last_days()

    def _live(self, task: Task) -> None:
        """One task's reports, perhaps a delay, the hand-in, its acceptance."""
        assert task.due_on is not None
        start = max(task.starts_on, date(2024, 1, 16))
        length = max((task.due_on - start).days, 7)
        luck = self.draw.random()
        delay = 0 if luck < 0.78 else self.draw.randrange(4, 26)
        if self.today - timedelta(days=40) <= task.due_on < self.today:
            # The last weeks hold what is late now: some of it will be done in the next ones.
            delay = 0 if luck < 0.45 else self.draw.randrange(30, 60)
        finish = task.due_on + timedelta(days=delay or -self.draw.randrange(1, 9))
        reports = min(4, max(1, length // 45))
        for number in range(1, reports + 1):
            day = start + timedelta(days=length * number // (reports + 1))
            percent = min(90, 100 * number // (reports + 1) // 5 * 5 + 5)
            if day < min(finish, self.today):
                self._report(task, percent, day)
        if finish < self.today - timedelta(days=1):
            self._hand_in(task, finish, late=delay > 0)
            accept = finish + timedelta(days=self.draw.randrange(1, 4))
            if accept < self.today:
                self._accept(task, accept)

    def _lead(self, task: Task) -> Person:
        assert task.lead_person is not None
        return task.lead_person

    def _report(self, task: Task, percent: int, day: date) -> None:
        text, at = self.draw.choice(_PROGRESS), self.at(day)

        def act() -> None:
            actions.report_progress(
                task=task, percent=percent, text=text, by=self._lead(task), at=at
            )

        self.timeline.add(at, act)

    def _hand_in(self, task: Task, day: date, *, late: bool) -> None:
        at = self.at(day, 15)
        excuse = f" {self.draw.choice(_LATE)}" if late else ""
        more = self.draw.randrange(1, 4)

        def act() -> None:
            task.refresh_from_db()
            if task.status == TaskStatus.SUBMITTED:  # handed in meanwhile
                return
            self.documents += more
            number = f"{self.documents}/{'QĐ' if 'uyết định' in task.product else 'BC'}-UBND"
            product = task.product[:1].lower() + task.product[1:]
            text = _DONE.format(product=product, number=number) + excuse
            actions.submit_task(task=task, text=text, by=self._lead(task), at=at)

        self.timeline.add(at, act)

    def _accept(self, task: Task, day: date) -> None:
        at = self.at(day, 16)

        def act() -> None:
            boss = self.people["phochutich" if task.lead_post_id != self._vice() else "chutich"]
            actions.accept_task(task=task, by=boss, at=at)

        self.timeline.add(at, act)

    def _vice(self) -> int:
        return self.posts["vice_chairman"].pk

    def _steer(self, row: dict[str, Any], at: datetime) -> None:
        document = actions.enter_steering(
            agency=self.agency,
            kind=SteeringKind(row["kind"]),
            number=row["number"],
            issued_on=row["issued_on"],
            issuer=row["issuer"],
            summary=row["summary"],
            by=self.people["vanphong"],
            at=at,
        )
        for task in row["tasks"]:
            self._live(self._give(document, task, at))

    def _give(self, document: SteeringDocument, row: dict[str, Any], at: datetime) -> Task:
        return actions.assign_task(
            agency=self.agency,
            text=row["text"],
            field=row["field"],
            lead=self.posts[row["lead"]],
            helpers=[self.posts[code] for code in row.get("with", [])],
            due_on=at.date() + timedelta(days=row["days"]),
            product=row["product"],
            steering=document,
            by=self.people["phochutich"],
            at=at,
        )

    def _values(self) -> None:
        """Each target's value at the end of each month, walking from its start to its end."""
        months = [date(2024, m + 1, 1) - timedelta(days=1) for m in range(1, 12)]
        months = [day for day in months if day < self.today]
        for target in Target.objects.filter(plan=self.plan):
            if target.code not in self.pack["targets"]:
                continue
            first, last = self.pack["targets"][target.code]
            for number, day in enumerate(months):
                share = number / max(len(months) - 1, 1)
                wobble = self.draw.uniform(-0.6, 0.6) if 0 < share < 1 else 0
                value = min(100, max(0, first + (last - first) * share + wobble))
                at = self.at(day + timedelta(days=1), 10)
                self.timeline.add(at, partial(self._record, target, day, value, at))

    def _record(self, target: Target, day: date, value: float, at: datetime) -> None:
        actions.record_value(
            target=target,
            on=day,
            value=Decimal(str(round(value, 1))),
            evidence=f"Báo cáo số liệu tháng {day.month} của bộ phận theo dõi",
            by=self.people["vanphong"],
            at=at,
        )

    def _last_days(self) -> None:
        """What waits on the chairman's table this morning: extensions to decide, one returned."""
        friday = self.today - timedelta(days=3)
        self.timeline.add(moment(friday, 9, 59), partial(self._ask_for_time, friday))
        self.timeline.add(moment(friday, 16, 30), self._complain)

    def _open_tasks(self) -> TaskQuerySet:
        return Task.objects.filter(agency=self.agency, status__in=OPEN_TASKS).followed()

    def _ask_for_time(self, day: date) -> None:
        soon = self._open_tasks().filter(due_on__gte=day, status=TaskStatus.IN_PROGRESS)
        nearest = list(soon.work_order()[:4])
        for task in nearest[:2]:
            assert task.due_on is not None
            at = self.at(day, 10)
            ask = partial(
                actions.ask_extension,
                task=task,
                new_due_on=task.due_on + timedelta(days=21),
                reason=_MORE_TIME,
                by=self._lead(task),
                at=at,
            )
            self.timeline.add(at, ask)
        for task in nearest[2:]:
            self._hand_in(task, day, late=False)

    def _complain(self) -> None:
        late = self._open_tasks().late(self.today).work_order().first()
        if late is not None:
            actions.comment_task(
                task=late,
                text="Đề nghị báo cáo nguyên nhân chậm và ngày hoàn thành.",
                by=self.people["chutich"],
                at=moment(self.today - timedelta(days=3), 16, 30),
            )
