"""Load the demo: organisation, plan, and the weeks of the year up to the demo's today."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from motcua.indicators.actions import connect_target
from motcua.org.actions import load_agencies, load_people, load_roles, read_pack
from motcua.org.models import Agency, Person, Post
from motcua.planning import actions
from motcua.planning.models import Plan, PlanVersion, Target
from motcua.planning.reader import read_plan
from motcua.planning.rules import ItemKind, WarningState
from motcua.site.demo.desk import open_desk
from motcua.site.demo.papers import write_reports
from motcua.site.demo.people import PASSWORD
from motcua.site.demo.procedures import load_procedures
from motcua.site.demo.year import play_year

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


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
    begin = datetime(2024, 1, 8, 8, 0, tzinfo=ZONE)
    people = load_people(
        pack=pack,
        password=PASSWORD if settings.DEMO else None,
        since=date(2023, 1, 1),
        at=begin,
    )
    load_procedures(agency=agency, people=people, today=today)
    content = read_pack(settings.PACKS / "demo" / "plan.yaml")
    plan = _plan_in_force(agency, people, content)
    play_year(agency=agency, plan=plan, people=people, pack=content, today=today)
    write_reports(agency=agency, people=people, today=today)
    open_desk(agency=agency, people=people, today=today)
    _read_from_records(plan, people["vanphong"], today)
    return True


def _plan_in_force(agency: Agency, people: dict[str, Person], pack: dict[str, Any]) -> Plan:
    name = "ke-hoach-cchc-2024.txt"
    raw = (settings.PACKS / "demo" / "plan-hoang-dong-2024.txt").read_bytes()
    reading = read_plan(raw, name)
    clerk = people["vanphong"]
    version = actions.import_plan(
        agency=agency,
        read=actions.ReadPlan(name, raw, reading.as_dict(), reading.text),
        by=clerk,
        at=datetime(2024, 1, 9, 8, 30, tzinfo=ZONE),
    )
    _confirm(version, clerk, pack, datetime(2024, 1, 10, 14, 0, tzinfo=ZONE))
    version.refresh_from_db()
    version = actions.submit_plan(
        version=version, by=clerk, at=datetime(2024, 1, 11, 15, 10, tzinfo=ZONE)
    )
    version = actions.approve_plan(
        version=version, by=people["chutich"], at=datetime(2024, 1, 15, 9, 5, tzinfo=ZONE)
    )
    return version.plan


def _read_from_records(plan: Plan, clerk: Person, today: date) -> None:
    """One target reads the desk's own dossiers; the others wait for a person's click."""
    target = Target.objects.filter(plan=plan, code="2.2.2.CT1").first()
    if target is not None:
        at = datetime.combine(today, time(8, 0), tzinfo=ZONE)
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
