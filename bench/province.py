"""A province to measure on: ``python -m bench.province 5000000 170``.

One commune's year is told by the rules, as ``motcua bench generate`` does; the others get the same
rows under keys of their own, copied by the database itself. What rollups do not read is left out:
applicants are shared, papers, slips and the chain stay with the first. Needs a MOTCUA_HOME, and
DATABASE_URL for PostgreSQL, of nobody's use.
"""

import logging
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
os.environ["MOTCUA_DEMO"], os.environ["MOTCUA_TODAY"] = "1", "2024-09-30"

from motcua.site.cli.setup import init  # after the environment is set


def main(dossiers: int, communes: int) -> None:
    """Make it, unless it is there; says how long each commune took."""
    init()
    logging.disable(logging.INFO)
    from datetime import date

    from django.db import connection

    from motcua.db.bulk import bare_tables
    from motcua.dossiers.models import Dossier, DossierStep, Event, Pause, Redating
    from motcua.files.models import Attachment
    from motcua.org.models import Account, Agency
    from motcua.site.demo import load_demo
    from motcua.site.demo.grow import _commune, grow_desk

    today = date(2024, 9, 30)
    if not Account.objects.exists():
        load_demo(today=today)
    if not Agency.objects.filter(code="B0000").exists():
        list(grow_desk(dossiers=dossiers // communes, communes=1, today=today))
    first = Agency.objects.get(code="B0000")
    if not Attachment.objects.filter(object_type="dossiers.dossier", chain="B0000").exists():
        _scan(first)
    parts = [Dossier, DossierStep, Pause, Redating, Event, Attachment]
    tops = {
        model: model._default_manager.order_by("-pk").values_list("pk", flat=True)[0]
        for model in parts
    }
    size = tops[Dossier]
    begun = time.perf_counter()
    with bare_tables(parts, words=[(Dossier, "folded")]):
        for n in range(1, communes):
            if Agency.objects.filter(code=f"B{n:04}").exists():
                continue
            agency = _commune()
            posts = dict(zip(_posts(first), _posts(agency), strict=True))
            with connection.cursor() as cursor:
                for model in parts:
                    _copy(cursor, model, (tops[model], size), (first, agency), n * size, posts)
            sys.stderr.write(f"{n} {time.perf_counter() - begun:.0f} s\n")
    sys.stderr.write(f"indexed {time.perf_counter() - begun:.0f} s\n")


def _posts(agency: object) -> list[int]:
    from motcua.org.models import Post

    return list(Post.objects.filter(agency=agency).order_by("code").values_list("pk", flat=True))


def _scan(first: object) -> None:
    """Papers and results as files for two thirds of the dossiers."""
    from django.db import connection

    with connection.cursor() as cursor:
        for kind, rest in (("paper", 2), ("result", 1)):
            cursor.execute(
                "INSERT INTO files_attachment (chain, object_type, object_id, kind, name, media, "
                "size, sha256, added_by, added_at, withdrawn_reason) SELECT 'B0000', "
                "'dossiers.dossier', id, %s, 'a.pdf', 'application/pdf', 1, 'x', 'x', "
                "coalesce(settled_at, submitted_at), '' FROM dossiers_dossier "
                "WHERE agency_id = %s AND id %% 3 <> %s",
                [kind, first.pk, rest],  # type: ignore[attr-defined] # django-stubs take bytes for a JSON string
            )


def _copy(
    cursor: object, model: type, tops: tuple, between: tuple, by: int, posts: dict[int, int]
) -> None:
    """The rows of one commune, none of them after ``tops``, once more under another."""
    (top, size), (first, agency) = tops, between
    fields = [f for f in model._meta.concrete_fields if not f.generated]
    table, said = model._meta.db_table, []
    keyed = table == "dossiers_dossier"
    for field in fields:
        name = field.column
        if field.primary_key and not keyed:
            continue
        changed = {
            "id": f"id + {by}",
            "dossier_id": f"dossier_id + {by}",
            "object_id": f"object_id + {by}",
            "agency_id": f"CASE agency_id WHEN {first.pk} THEN {agency.pk} ELSE agency_id END",
            "received_by_agency_id": str(agency.pk),
            "code": f"replace(code, 'B0000', '{agency.code}')",
            "chain": f"'{agency.code}'",
            "post_id": "CASE post_id "
            + " ".join(f"WHEN {old} THEN {new}" for old, new in posts.items())
            + " END",
        }
        said.append((f'"{name}"', changed.get(name, f'"{name}"')))
    of = f"SELECT id FROM dossiers_dossier WHERE id <= {size} AND agency_id = {first.pk}"  # noqa: S608 # numbers and names of the schema
    where = {
        "dossiers_dossier": f"agency_id = {first.pk}",
        "files_attachment": "chain = 'B0000' AND object_type = 'dossiers.dossier'",
    }.get(table, f"dossier_id IN ({of})")
    columns, values = (", ".join(part) for part in zip(*said, strict=True))
    cursor.execute(
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} "  # noqa: S608 # likewise
        f"WHERE id <= {top} AND {where}"
    )


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:3]))
