"""A commune with an object of each kind in the states that the addresses ask for, and who asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from motcua.audit.actions import close_day
from motcua.dossiers import actions as desk
from motcua.dossiers.actions import elsewhere, ending, fees, handling, waiting
from motcua.dossiers.actions.drafts import save_draft
from motcua.dossiers.actions.intake import ApplicantData
from motcua.dossiers.actions.queue import call_next, take_number
from motcua.dossiers.models import Dossier, PayWay
from motcua.files.actions import attach
from motcua.files.models import Attachment
from motcua.indicators.actions import connect_target
from motcua.jobs import clock
from motcua.org.actions import create_token, delegate, make_one_time_link, read_pack
from motcua.org.models import Account, Delegation, Grant, Person, Post, Role
from motcua.planning import actions as planning
from motcua.planning.models import PlanVersion, Task
from motcua.planning.rules import SteeringKind
from motcua.procedures import actions as procedures
from motcua.procedures.models import InternalProcedure
from motcua.procedures.rules import ComplianceCost
from motcua.reports import actions as reports
from tests import scenes
from tests.dossiers import scenes as dossiers
from tests.procedures import scenes as catalogue

#: A Monday; the plan runs since January, the dossiers since two weeks.
TODAY = date(2024, 3, 18)
COMMUNE, NEIGHBOUR, DISTRICT = "15997", "15994", "399"
ABOVE = {COMMUNE: {COMMUNE, DISTRICT, "38"}, NEIGHBOUR: {NEIGHBOUR, DISTRICT, "38"}}
NATIONAL = "2.000815"
COST = {"hourly_pay": 50000, "subjects": 10, "times": 1, "lines": {}}
ROLES = {
    row["code"]: frozenset(row["permissions"])
    for row in read_pack(settings.PACKS / "org" / "roles.yaml")["roles"]
}
PEOPLE = read_pack(settings.PACKS / "demo" / "org.yaml")["people"]


@dataclass(frozen=True)
class Asker:
    """Who asks: at which agency, with which permissions; no permissions at all: a stranger."""

    name: str
    username: str = ""
    agency: str = ""
    permissions: frozenset[str] | None = None

    def may(self, permission: str, *, home: bool = False, at: str = COMMUNE) -> bool:
        """By the table of roles alone: the permission, held there or above."""
        reaches = home or self.agency in ABOVE[at]
        return not permission or (reaches and permission in (self.permissions or ()))


def _of_role(role: str) -> Asker:
    """The first of the demo's people with a role, in the commune or above it."""
    row = next(
        one for one in PEOPLE if one["role"] == role and one["agency"] in (COMMUNE, DISTRICT)
    )
    return Asker(role, row["username"], row["agency"], ROLES[role])


#: Whoever cannot look over the fence with all rights that exist cannot with fewer.
EVERYTHING = frozenset().union(*ROLES.values())
ASKERS = (
    *(_of_role(role) for role in ROLES),
    Asker("neighbour with every role", "hoangngoc", NEIGHBOUR, EVERYTHING),
    Asker("key of the coordinator for reading plans", "key", COMMUNE, frozenset({"planning.view"})),
    Asker("who has left", "vanhoa", COMMUNE),
    Asker("stranger"),
)


class World:
    """The objects, reached by the product's own actions; all of them the commune's."""

    def __init__(self) -> None:
        self.org = org = scenes.found_organisation()
        self.running = scenes.run_plan(org)
        self.now: datetime = clock.now()
        self.asker = ASKERS[-1]
        self.office = Post.objects.get(agency=org.commune, code="office")
        Account.objects.update(password="argon2$of-nobody")  # usable: pages ask for it again
        for role in Role.objects.all():
            Grant.objects.get_or_create(
                person=org.hoangngoc,
                role=role,
                agency=org.neighbour,
                defaults={"valid_from": date(2023, 1, 1)},
            )
        _token, self.key = create_token(
            person=org.vanphong,
            agency=org.commune,
            name="đọc kế hoạch",
            scopes=["planning.view"],
            at=self.now,
        )
        Person.objects.filter(pk=org.vanhoa.pk).update(left_on=TODAY)
        catalogue.load(NATIONAL)
        self._plans()
        self._tasks()
        self._catalogue()
        self._reports()
        self._dossiers()
        self._indicators()
        self._people()
        close_day(chain=COMMUNE, day=scenes.START.date(), at=self.now)

    # --- plans --------------------------------------------------------------------------------

    def _import(self, year: int) -> PlanVersion:
        return planning.import_plan(
            agency=self.org.commune,
            read=scenes.read_text(scenes.SMALL_PLAN),
            by=self.org.vanphong,
            at=scenes.START,
            year=year,
        )

    def _plans(self) -> None:
        self.draft = self._import(2026)
        self.ready = self._import(2025)
        scenes.settle(self.ready, self.org)
        self.submitted = self._import(2023)
        scenes.settle(self.submitted, self.org)
        planning.submit_plan(version=self.submitted, by=self.org.vanphong, at=self.now)
        by = {"by": self.org.vanphong, "at": self.now}
        items = self.draft.items.filter(kind="task").order_by("position")
        self.item, self.second, self.third, self.dropped = items
        planning.drop_item(item=self.dropped, reason="Trùng", **by)
        planning.edit_item(item=self.third, changes={"lead_post": None}, **by)
        self.unled = self.draft.items.filter(kind="task", lead_post=None).first()
        self.warning = self.draft.warnings.filter(state="open").first()
        before = self._import(2022)
        scenes.settle(before, self.org)
        planning.submit_plan(version=before, by=self.org.vanphong, at=self.now)
        self.before = planning.approve_plan(version=before, by=self.org.chutich, at=self.now)
        self.amended = planning.amend_plan(plan=before.plan, reason="Theo huyện", **by)
        self.matched, parted = self.amended.items.filter(kind="task")[:2]
        self.old = self.before.items.get(lineage=parted.lineage)
        planning.match_item(item=parted, old=None, **by)

    # --- tasks --------------------------------------------------------------------------------

    def _task(self, text: str) -> Task:
        return planning.assign_task(
            agency=self.org.commune,
            text=text,
            field="other",
            lead=Post.objects.get(agency=self.org.commune, code="justice"),
            due_on=date(2024, 6, 28),
            by=self.org.chutich,
            at=self.now,
        )

    def _tasks(self) -> None:
        org, at = self.org, self.now
        upload = planning.Upload("ket-luan.txt", "Kết luận".encode())
        self.assigned = self._task("Việc mới giao")
        self.handed_in = self._task("Việc đã báo xong")
        planning.submit_task(task=self.handed_in, text="Xong", by=org.tuphap, at=at, files=[upload])
        self.done = self._task("Việc đã xong")
        planning.submit_task(task=self.done, text="Xong", by=org.tuphap, at=at)
        planning.accept_task(task=self.done, by=org.chutich, at=at)
        asking = self._task("Việc xin gia hạn")
        self.extension = planning.ask_extension(
            task=asking, new_due_on=date(2024, 7, 31), reason="Chờ huyện", by=org.tuphap, at=at
        )
        self.target = next(iter(self.running.targets.values()))
        value = planning.record_value(
            target=self.target,
            on=TODAY,
            value=90,
            evidence="Sổ theo dõi",
            files=[upload],
            by=org.vanphong,
            at=at,
        )
        self.value_file = Attachment.objects.of(value).get()
        self.task_file = Attachment.objects.of(self.handed_in).get()
        self.steering = planning.enter_steering(
            agency=org.commune,
            kind=SteeringKind("conclusion"),
            number="15/TB-UBND",
            issued_on=TODAY,
            issuer="UBND huyện",
            summary="Kết luận giao ban",
            files=[upload],
            by=org.chutich,
            at=at,
        )
        self.steering_file = Attachment.objects.of(self.steering).get()

    # --- the catalogue, internal procedures, reports ------------------------------------------

    def _catalogue(self) -> None:
        org, by = self.org, {"by": self.org.vanphong, "at": self.now}
        self.marriage = dossiers.version(org)
        self.birth = catalogue.drafted(org)
        self.internal = procedures.enter_internal(
            agency=org.commune,
            code="NB-01",
            values={"name": "Đánh giá công chức", "field": "Nội vụ", "scope": "within"}
            | {"valid_from": date(2024, 1, 1)},
            **by,
        )
        self.review_draft = procedures.draft_review_plan(agency=org.commune, year=2025, **by)
        review_plan = procedures.draft_review_plan(agency=org.commune, year=2024, **by)
        review = {"plan": review_plan, "post": self.office}
        review |= {"due_on": date(2024, 6, 28), "ground": "Rườm rà", **by}
        self.review = procedures.plan_review(procedure=self.internal, **review)
        self.spare = self._internal("NB-02")
        self.planned = procedures.plan_review(procedure=self._internal("NB-03"), **review)
        procedures.plan_review(
            **{**review, "plan": self.review_draft, "due_on": date(2025, 6, 27)},
            procedure=self.internal,
        )
        procedures.approve_review_plan(
            plan=review_plan, number="3/KH-UBND", by=org.chutich, at=self.now
        )
        cost = ComplianceCost.read(COST)
        self.review = procedures.assess_review(
            review=self.review, before=cost, after=cost, proposal="Bỏ bản sao", **by
        )

    def _internal(self, code: str) -> InternalProcedure:
        return procedures.enter_internal(
            agency=self.org.commune,
            code=code,
            values={"name": f"Thủ tục {code}", "field": "Nội vụ", "scope": "within"}
            | {"valid_from": date(2024, 1, 1)},
            by=self.org.vanphong,
            at=self.now,
        )

    def _reports(self) -> None:
        org = self.org
        drafted = {"agency": org.commune, "by": org.vanphong, "at": self.now}
        self.report_draft = reports.draft_report(period="2024-Q1", **drafted)
        year = datetime(2024, 12, 16, 8, 0, tzinfo=scenes.ZONE)
        half = year.replace(month=6)
        self.report_submitted = reports.submit_report(
            report=reports.draft_report(period="2024", **drafted | {"at": year}),
            by=org.vanphong,
            at=year,
        )
        signed = reports.submit_report(
            report=reports.draft_report(period="2024-H1", **drafted | {"at": half}),
            by=org.vanphong,
            at=half,
        )
        self.report_signed = reports.approve_report(
            report=signed, by=org.chutich, at=half, number="05/BC-UBND"
        )

    # --- dossiers -----------------------------------------------------------------------------

    def _dossiers(self) -> None:
        """One dossier in each state from which steps lead on; see ``dossier_for``."""
        monday = dossiers.at(4)
        org, n = self.org, 0

        def received(at: datetime = monday) -> Dossier:
            nonlocal n
            n += 1
            typed = dossiers.typed(
                self.marriage, applicant=ApplicantData(f"Trần Thị {n}", address="Thôn")
            )
            return desk.receive(agency=org.commune, intake=typed, by=org.motcua, at=at)

        def processing() -> Dossier:
            return handling.forward(
                dossier=received(), to=org.tuphap, by=org.motcua, at=monday + timedelta(hours=1)
            )

        def submitted() -> Dossier:
            return desk.submit(
                agency=org.commune, intake=dossiers.typed(self.marriage), by=org.motcua, at=monday
            )

        late = monday + timedelta(days=1)
        by = {"by": org.tuphap, "at": late}
        signing: Callable[[], Dossier] = lambda: handling.present(  # noqa: E731 # beside its kind
            dossier=processing(), to=org.chutich, **by
        )
        paid = fees.collect_fee(dossier=received(), way=PayWay.CASH, by=org.motcua, at=monday)
        self.dossiers = {
            "submitted": submitted(),
            "incomplete": desk.ask_completion(
                dossier=submitted(), text="Thiếu tờ khai", by=org.motcua, at=late
            ),
            "received": received(self.now),
            "processing": processing(),
            "signing": signing(),
            "settled": handling.sign(dossier=signing(), number="7", by=org.chutich, at=late),
            "waiting": waiting.ask_supplement(dossier=processing(), text="Thiếu", **by),
            "owing": waiting.ask_payment(dossier=processing(), text="Nộp lệ phí", **by),
            "consulting": handling.consult(
                dossier=processing(), of="Công an xã", text="Nơi cư trú", **by
            ),
            "away": elsewhere.send_out(
                dossier=processing(), to="Phòng Tư pháp", until=dossiers.at(8), **by
            ),
            "handed": elsewhere.send_out(
                dossier=processing(), to="", agency=org.neighbour, until=dossiers.at(8), **by
            ),
            "withdrawn": ending.withdraw(dossier=paid, reason="Theo đơn", by=org.motcua, at=late),
        }
        self.dossier = self.dossiers["processing"]
        self.handed = self.dossiers["handed"]
        self.ticket = take_number(agency=org.commune, by=org.motcua, at=self.now)
        self.called = call_next(agency=org.commune, desk=1, by=org.motcua, at=self.now)
        take_number(agency=org.commune, by=org.motcua, at=self.now)
        self.dossier_file = attach(
            chain=org.commune.code,
            to=self.dossier,
            kind="paper",
            name="to-khai.txt",
            content="Tờ khai".encode(),
            by=org.motcua.actor,
            at=self.now,
        )
        self.intake_draft = save_draft(
            agency=org.commune,
            typed={"procedure": dossiers.MARRIAGE, "full_name": "Lê Thị Na"},
            title="Đang nhập",
            by=org.motcua,
            at=self.now,
        )

    # --- indicators ---------------------------------------------------------------------------

    def _indicators(self) -> None:
        self.target_read = next(t for t in self.running.targets.values() if t.field == "procedures")
        connect_target(
            target=self.target_read, indicator="on_time", by=self.org.vanphong, at=self.now
        )

    # --- people -------------------------------------------------------------------------------

    def _people(self) -> None:
        self.colleague = self.org.ketoan
        self.delegation: Delegation = delegate(
            giver=self.org.chutich,
            receiver=self.org.phochutich,
            agency=self.org.commune,
            reason="Đi công tác",
            valid_from=date(2024, 5, 6),
            valid_to=date(2024, 5, 10),
            at=self.now,
        )
        self.token, _secret = create_token(
            person=self.org.chutich, agency=self.org.commune, name="x", scopes=[], at=self.now
        )
        self.link = make_one_time_link(account=self.colleague.account, at=self.now)

    def post(self) -> Post:
        """A post at the agency of who asks, for what is entered there."""
        posts = Post.objects.filter(agency__code=self.asker.agency, code=self.office.code)
        return posts.first() or self.office
