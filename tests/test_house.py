"""The house in ``docs/house.svg`` is the one that ``.importlinter`` holds."""

import configparser
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WIDTH, FLOOR, GAP, ROOF = 720, 46, 6, 54

#: What lives in each room, in a few words.
ROOMS = {
    "site": "addresses, navigation, search, command line, demo",
    "api": "/api/v1, problems, idempotency",
    "reports": "periodic reports as of a cut-off date",
    "indicators": "dated indicators over the apps' measures",
    "dossiers": "the one-stop desk",
    "planning": "plans, tasks, targets",
    "documents": "official layout: PDF, DOCX",
    "procedures": "the dated catalogue, reviews",
    "org": "agencies, people, roles, delegation",
    "files": "attachments",
    "notify": "outbox",
    "jobs": "worker, clock",
    "audit": "append-only hash chain",
    "ui": "components, lists, forms, charts",
    "db": "safe SQLite, encrypted fields, word index",
    "core": "pure Python: calendar, periods, workflow, text",
}


def floors():
    """The floors from the roof down, each with its rooms."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    lines = contract["importlinter:contract:floors"]["layers"].split("\n")
    return [[room.strip() for room in line.split("|")] for line in lines if line.strip()]


def drawing():
    """The house as SVG: imports go down only."""
    house = floors()
    height = ROOF + len(house) * (FLOOR + GAP) + GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'font-family="system-ui, sans-serif"><title>The house: imports go down only</title>',
        f'<path d="M{WIDTH / 2} 4 L{WIDTH - 2} {ROOF - 4} H2 Z" fill="#0b5a5e"/>',
        f'<text x="{WIDTH / 2}" y="{ROOF - 14}" text-anchor="middle" fill="#fff" font-size="16" '
        'font-weight="700">motcua</text>',
    ]
    for n, rooms in enumerate(house):
        width = (WIDTH - GAP * (len(rooms) + 1)) / len(rooms)
        for k, room in enumerate(rooms):
            x, y = GAP + k * (width + GAP), ROOF + n * (FLOOR + GAP)
            parts += [
                f'<rect x="{x:g}" y="{y}" width="{width:g}" height="{FLOOR}" rx="5" '
                'fill="#e4efee" stroke="#0b5a5e"/>',
                f'<text x="{x + width / 2:g}" y="{y + 19}" text-anchor="middle" font-size="14" '
                f'font-weight="700" fill="#13201f">{room}</text>',
                f'<text x="{x + width / 2:g}" y="{y + 36}" text-anchor="middle" font-size="12" '
                f'fill="#3d4c4a">{escape(ROOMS[room])}</text>',
            ]
    return "\n".join([*parts, "</svg>", ""])


def test_every_room_is_described():
    assert {room for rooms in floors() for room in rooms} == set(ROOMS)


def test_the_drawn_house_is_the_one_that_stands(pytestconfig):
    path = ROOT / "docs" / "house.svg"
    if pytestconfig.getoption("--update-docs"):
        path.write_text(drawing())
    assert path.read_text() == drawing()
