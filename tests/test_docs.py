"""Documentation that cannot lie: glossary and diagrams are held against the code."""

from pathlib import Path

import pytest
from django.apps import apps

from motcua.dossiers.rules import STEPS as DOSSIER_STEPS
from motcua.dossiers.rules.queue import TICKET_STEPS
from motcua.planning.rules import EXTENSION_STEPS, TASK_STEPS, VERSION_STEPS
from motcua.procedures.rules import PLAN_STEPS, REVIEW_STEPS
from motcua.procedures.rules import VERSION_STEPS as PROCEDURE_STEPS
from motcua.reports.rules import REPORT_STEPS

DOCS = Path(__file__).resolve().parent.parent / "docs"
WORKFLOWS = {
    "dossier": DOSSIER_STEPS,
    "ticket": TICKET_STEPS,
    "plan-version": VERSION_STEPS,
    "task": TASK_STEPS,
    "extension": EXTENSION_STEPS,
    "report": REPORT_STEPS,
    "procedure-version": PROCEDURE_STEPS,
    "review-plan": PLAN_STEPS,
    "review": REVIEW_STEPS,
}


def test_every_model_stands_in_the_glossary():
    glossary = (DOCS / "glossary.md").read_text()
    ours = [m for m in apps.get_models() if m.__module__.startswith("motcua.")]
    assert [m.__name__ for m in ours if f"`{m.__name__}`" not in glossary] == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_status_stands_in_the_glossary(name):
    glossary = (DOCS / "glossary.md").read_text()
    assert [str(s) for s in WORKFLOWS[name].statuses if f"`{s}`" not in glossary] == []


def drawing(name):
    return f"# Steps and states: {name}\n\n```mermaid\n{WORKFLOWS[name].mermaid().strip()}\n```\n"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_the_drawing_is_the_table(name, pytestconfig):
    path = DOCS / "workflows" / f"{name}.md"
    if pytestconfig.getoption("--update-docs"):
        path.write_text(drawing(name))
    assert path.read_text() == drawing(name)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_status_but_an_end_has_a_way_out(name):
    ends = {"superseded", "discarded", "cancelled", "granted", "refused", "approved", "done"}
    ends |= {"withdrawn", "decided", "returned", "stopped", "served"}
    assert {str(s) for s in WORKFLOWS[name].dead_ends} <= ends
    assert not WORKFLOWS[name].unreachable


def test_every_permission_of_a_step_is_held_by_a_role(settings):
    from motcua.org.actions import read_pack

    roles = read_pack(settings.PACKS / "org" / "roles.yaml")["roles"]
    held = {permission for role in roles for permission in role["permissions"]}
    needed = {step.needs for steps in WORKFLOWS.values() for step in steps}
    assert needed - held == set()
