"""Commands on the data of an installation."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import timedelta
from typing import Any

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.site.cli.setup import init, say, start_django


class NoSuchAgency(Refused):
    """The command line must know for which agency it works."""

    code = "no_such_agency"
    message = _("Không xác định được cơ quan. Hãy ghi --agency MÃ; các mã có: %(codes)s.")


class NoSuchPerson(Refused):
    """Someone acts in every command that writes."""

    code = "no_such_person"
    message = _("Không có người dùng “%(name)s”. Hãy ghi --by TÊN-ĐĂNG-NHẬP đang hoạt động.")


class FileMissing(Refused):
    """There is no such file."""

    code = "file_missing"
    message = _("Không có tệp %(name)s.")


def _agency(code: str) -> Any:
    from motcua.org.models import Agency
    from motcua.org.rules import AgencyKind

    communes = Agency.objects.filter(kind=AgencyKind.COMMUNE)
    found = communes.filter(code=code) if code else communes.filter(plans__isnull=False).distinct()
    if len(found) != 1 and not code:
        found = communes
    if len(found) != 1:
        codes = ", ".join(communes.order_by("code").values_list("code", flat=True)[:20])
        raise NoSuchAgency(codes=codes or "—")
    return found[0]


def _person(username: str, permission: str, agency: Any, on: Any) -> Any:
    from motcua.org.models import Person
    from motcua.org.permissions import may

    if username:
        person = Person.objects.filter(account__username=username, left_on__isnull=True).first()
        if person is None:
            raise NoSuchPerson(name=username)
        return person
    serving = Person.objects.serving(agency, on).select_related("account").order_by("pk")
    chosen = next((p for p in serving if may(p, permission, agency, on)), None)
    if chosen is None:
        raise NoSuchPerson(name="—")
    return chosen


def plan_import(options: argparse.Namespace) -> int:
    """Read a plan; ``--dry-run`` stores nothing, and needs a database for ``--amends`` only."""
    from motcua.planning.reader import ReaderRefused, read_apart
    from motcua.planning.reader.years import for_year

    if not options.file.exists():
        raise FileMissing(name=options.file)
    content = options.file.read_bytes()
    try:
        apart = read_apart(content, options.file.name)
    except ReaderRefused as refusal:
        if options.json:
            _print_json({"error": refusal.code, "message": str(refusal)})
            return 2
        raise
    reading = for_year(apart.plan, options.year)
    if options.json:
        _print_json(reading)
    else:
        _summarise(reading)
    if options.dry_run and not options.amends:
        return 0
    start_django()
    from motcua.planning.actions import ReadPlan

    read = ReadPlan(options.file.name, content, apart.plan, apart.text)
    if options.amends:
        return _amend(options, read, reading["year"])
    return _import(options, read)


def _import(options: argparse.Namespace, read: Any) -> int:
    from motcua.jobs import clock
    from motcua.planning.actions import import_plan

    agency = _agency(options.agency)
    person = _person(options.by, "planning.import", agency, clock.today())
    version = import_plan(agency=agency, read=read, by=person, at=clock.now(), year=options.year)
    sys.stderr.write(f"{version.title}: /plans/{version.plan_id}/versions/{version.no}/\n")
    return 0


def _amend(options: argparse.Namespace, read: Any, year: int | None) -> int:
    """The matches with the plan in force; without ``--dry-run`` a new draft version."""
    from motcua.jobs import clock
    from motcua.planning.actions import NothingToAmend, amend_from_file
    from motcua.planning.models import Plan
    from motcua.planning.queries.amending import preview_of

    agency = _agency(options.agency)
    plan = Plan.objects.filter(agency=agency, year=year or 0).first()
    compared = preview_of(plan, read.reading) if plan else None
    if plan is None or compared is None:
        raise NothingToAmend
    for pair in compared.changed:
        before = pair.old.code if pair.old else ""
        say(f"  {pair.likeness:<9} {before:<8} → {pair.code:<8} {pair.text[:60]}")
    for item in compared.ended:
        say(f"  {'ended':<9} {item.code:<8} {item.text[:60]}")
    if options.dry_run:
        return 0
    person = _person(options.by, "planning.import", agency, clock.today())
    version = amend_from_file(
        plan=plan, read=read, reason=options.reason, by=person, at=clock.now()
    )
    sys.stderr.write(f"{version.title}: /plans/{plan.pk}/versions/{version.no}/matches/\n")
    return 0


def _print_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def _summarise(reading: Any) -> None:
    say(f"{reading['title']} ({reading['issuer'] or '—'}, {reading['year'] or '—'})")
    names = ("purposes", "requirements", "targets", "tasks", "responsibilities", "annex")
    for name in (*names, "references", "warnings", "not_understood"):
        say(f"  {name:<18} {len(reading[name])}")
    for warning in reading["warnings"]:
        say(f"  ! {warning['message']}")


def procedures_load(options: argparse.Namespace) -> int:
    """Load national versions of procedures from a file, or those that ship with the product."""
    start_django()
    from motcua.core.text import parse_date
    from motcua.jobs import clock
    from motcua.procedures.actions import ImportFaulty, import_rows
    from motcua.procedures.national import national_rows
    from motcua.procedures.sheets import read_file

    if options.file is not None and not options.file.exists():
        raise FileMissing(name=options.file)
    day = parse_date(options.valid_from) if options.valid_from else clock.today()
    try:
        rows = read_file(options.file.name, options.file.read_bytes()) if options.file else []
        made = import_rows(
            agency=None, rows=rows or national_rows(), valid_from=day, at=clock.now()
        )
    except ImportFaulty as refusal:
        for fault in refusal.faults:
            say(f"{fault.number} {fault.code} {fault.place}: {fault.said}")
        raise
    say(f"{len(made)} versions made")
    return 0


def report_make(options: argparse.Namespace) -> int:
    """Draft a periodic report from the records as they stand and write the document."""
    start_django()
    from motcua.jobs import clock
    from motcua.reports.documents import preview

    agency = _agency(options.agency)
    content = preview(
        agency=agency, period=options.period, form=options.format, today=clock.today()
    )
    options.out.write_bytes(content)
    say(f"{options.out} ({len(content)} bytes)")
    return 0


def verify(options: argparse.Namespace) -> int:
    """Exit 1 and the first broken row of each chain, or 0."""
    start_django()
    from motcua.audit.queries import verify as walk

    verdict = walk(options.chain)
    for broken in verdict.breaks:
        say(f"BROKEN chain {broken.chain} entry {broken.seq}: {broken.reason}")
    say(f"{verdict.chains} chains, {verdict.entries} entries, {len(verdict.breaks)} broken")
    return 1 if verdict.breaks else 0


def backup(options: argparse.Namespace) -> int:
    """Write an archive while the product is in use."""
    start_django()
    from motcua.site.backup import write_backup

    counts = write_backup(options.file)
    say(f"{options.file}: {counts['rows']} rows, {counts['files']} files")
    say("Keep MOTCUA_HOME/keys.json apart from it: without the keys, personal data stays sealed.")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Fill an empty installation from an archive, then verify it."""
    if not options.file.exists():
        raise FileMissing(name=options.file)
    init()
    from motcua.audit.queries import verify as walk
    from motcua.site.backup import read_backup

    counts = read_backup(options.file)
    verdict = walk()
    say(f"{counts['rows']} rows, {counts['files']} files, {verdict.entries} entries of the trace")
    return 1 if verdict.breaks else 0


def token_create(options: argparse.Namespace) -> int:
    """Print a new API key once."""
    start_django()
    from motcua.jobs import clock
    from motcua.org.actions import create_token
    from motcua.org.queries import home_agency

    person = _person(options.username, "", None, None)
    agency = home_agency(person, clock.today())
    if agency is None:
        raise NoSuchAgency(codes="—")
    now = clock.now()
    _token, secret = create_token(
        person=person,
        agency=agency,
        name=options.name,
        scopes=options.scope,
        at=now,
        expires_at=now + timedelta(days=options.days),
    )
    say(secret)
    return 0


def admin(options: argparse.Namespace) -> int:
    """The first administrator, with a link that sets the password once."""
    init()
    from django.conf import settings

    from motcua.jobs import clock
    from motcua.site.installing import found_administrator

    secret = found_administrator(
        username=options.username, name=options.name, email=options.email, at=clock.now()
    )
    say(f"Open once, within 24 hours: {settings.PUBLIC_URL}/org/first/{secret}/")
    return 0


def demo(options: argparse.Namespace) -> int:
    """Load the demo commune; a second time changes nothing."""
    init()
    from datetime import date

    from motcua.site.demo import load_demo

    started = load_demo(today=date.fromisoformat(options.today))
    say("Demo commune: Hoằng Đông" + ("" if started else " (already there)"))
    return 0


def bench_generate(options: argparse.Namespace) -> int:
    """Grow the demo's district by dossiers, for measuring."""
    start_django()
    import time

    from motcua.jobs import clock
    from motcua.site.demo.grow import grow_desk

    begun, made = time.perf_counter(), 0
    for made in grow_desk(
        dossiers=options.dossiers, communes=options.communes, today=clock.today()
    ):
        say(f"{made} dossiers, {made / (time.perf_counter() - begun):.0f} a second")
    return 0 if made else 1


def check(_options: argparse.Namespace) -> int:
    """Engine, settings, keys, worker, disk, chains."""
    start_django()
    from django.core.management import call_command

    from motcua.site.health import look

    call_command("check", verbosity=0)
    states = look()
    for name, state in states.items():
        say(f"{name:<12} {state}")
    return 0 if all(state.startswith("ok") for state in states.values()) else 1
