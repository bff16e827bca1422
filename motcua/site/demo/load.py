"""Load the demo: organisation, plan, and the weeks of the year up to the demo's today."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from motcua.indicators.actions import connect_target
from motcua.org.actions import load_agencies, load_people, load_roles, read_pack
from motcua.org.models import Agency, Person, Post
from motcua.planning import actions
from motcua.planning.models import Plan, PlanVersion, Target
from motcua.planning.reader import read_plan
from motcua.planning.rules import ItemKind, WarningState
from motcua.site.demo.desk import open_desk, opening
from motcua.site.demo.neighbours import play_neighbours
from motcua.site.demo.papers import write_reports
from motcua.site.demo.people import PASSWORD
from motcua.site.demo.procedures import load_national, review_internal
from motcua.site.demo.timeline import Timeline, moment
from motcua.site.demo.year import Year

#: When its people begin to work with it.
BEGIN = date(2024, 1, 2)


@transaction.atomic
def load_demo(*, today: date) -> bool:
    """Load the demo in one transaction; False when it is there already.

    Everything is done by the product's own actions, with the invented people, on the days on
    which it would have been done; the random draws are seeded, so each load is the same.
    """
    pack = read_pack(settings.PACKS / "demo" / "org.yaml")
    load_roles(pack=read_pack(settings.PACKS / "org" / "roles.yaml"))
    load_agencies(pack=pack, name="org.yaml")
    agency = Agency.objects.get(code="15997")
    if Plan.objects.filter(agency=agency).exists():
        return False
    load_national()
    people = load_people(
        pack=pack,
        password=PASSWORD if settings.DEMO else None,
        since=date(2023, 1, 1),
        at=moment(BEGIN, 8, 0),
    )
    timeline = Timeline(open_desk(agency=agency, people=people, today=today).reach)
    review_internal(agency=agency, people=people, timeline=timeline)
    run_plan(agency=agency, people=people, timeline=timeline, today=today)
    write_reports(agency=agency, people=people, timeline=timeline)
    timeline.run(opening(today))
    play_neighbours(like=agency, today=today)
    _read_from_records(agency, people["vanphong"], today)
    return True


def run_plan(*, agency: Agency, people: dict[str, Person], timeline: Timeline, today: date) -> None:
    """The plan is read, confirmed, submitted, approved; then its year begins."""
    content = read_pack(settings.PACKS / "demo" / "plan.yaml")
    clerk, chairman = people["vanphong"], people["chutich"]
    read, confirmed = moment(date(2024, 1, 9), 8, 30), moment(date(2024, 1, 10), 14, 0)
    submitted, approved = moment(date(2024, 1, 11), 15, 10), moment(date(2024, 1, 15), 9, 5)

    def version() -> PlanVersion:
        return PlanVersion.objects.get(plan__agency=agency)

    def approve() -> None:
        plan = actions.approve_plan(version=version(), by=chairman, at=approved).plan
        Year(agency=agency, plan=plan, people=people, pack=content, today=today, timeline=timeline)

    timeline.add(read, partial(_import, agency, clerk, read))
    timeline.add(confirmed, lambda: _confirm(version(), clerk, content, confirmed))
    timeline.add(submitted, lambda: actions.submit_plan(version=version(), by=clerk, at=submitted))
    timeline.add(approved, approve)


def _import(agency: Agency, clerk: Person, at: datetime) -> None:
    name = "ke-hoach-cchc-2024.txt"
    raw = (settings.PACKS / "demo" / "plan-hoang-dong-2024.txt").read_bytes()
    reading = read_plan(raw, name)
    plan = actions.ReadPlan(name, raw, reading.as_dict(), reading.text)
    actions.import_plan(agency=agency, read=plan, by=clerk, at=at)


def _read_from_records(agency: Agency, clerk: Person, today: date) -> None:
    """One target reads the desk's own dossiers; the others wait for a person's click."""
    target = Target.objects.filter(plan__agency=agency, code="2.2.2.CT1").first()
    if target is not None:
        at = moment(today, 8, 0)
        connect_target(target=target, indicator="on_time", by=clerk, at=at)


def _confirm(version: PlanVersion, clerk: Person, pack: dict[str, Any], at: datetime) -> None:
    posts = {post.code: post for post in Post.objects.filter(agency=version.plan.agency)}
    for warning in version.warnings.all():
        actions.settle_warning(warning=warning, state=WarningState.ACCEPTED, by=clerk, at=at)
    actions.edit_version(
        version=version,
        changes={
            "number": pack["number"],
            "issued_on": pack["issued_on"],
            "budget": pack["budget"],
        },
        by=clerk,
        at=at,
        lock=None,
    )
    for item in version.items.filter(kind=ItemKind.TASK):
        row = pack["tasks"][item.code]
        changes = {
            "lead_post": posts[row["lead"]],
            "due_on": row.get("due"),
            "recurrence": row.get("every", ""),
            "product": row["product"],
            "cost": row.get("cost"),
        }
        helpers = [posts[code] for code in row.get("with", [])]
        actions.edit_item(item=item, changes=changes, with_posts=helpers, by=clerk, at=at)
