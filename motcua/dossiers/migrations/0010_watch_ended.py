"""The database itself remembers which rolled-up months a change touches, whoever writes.

A row of dossiers_unfolded says: an ended dossier of this agency and procedure changed, the cells
from this month on do not know it. An intake writes none. The month is that of the day before, in
UTC: never later than the month in any time zone.

On SQLite the row of an earlier change is replaced, so that its key is new: whoever folds deletes
the keys that it read. On PostgreSQL a transaction meets its own rows only.
"""

from django.db import migrations

ENDED = "{0}.received_at IS NOT NULL AND {0}.status IN ('settled', 'returned', 'refused', 'withdrawn', 'stopped')"
WITHOUT = "('refused', 'withdrawn', 'stopped')"  # ended without a result
COLUMNS = ("agency_id", "procedure_id", "channel", "entered_at", "received_at", "due_at", "settled_at")
#: Table of what hangs on a dossier → key of the dossier, what of it counts.
PARTS = {
    "dossiers_pause": ("dossier_id", "{0}.kind IN ('supplement', 'payment')"),
    "dossiers_redating": ("dossier_id", "{0}.dossier_id IS NOT NULL"),
    "dossiers_event": ("dossier_id", f"{{0}}.status IN {WITHOUT}"),
    "files_attachment": (
        "object_id",
        "{0}.object_type = 'dossiers.dossier' AND {0}.kind IN ('paper', 'result')",
    ),
}


def _changed(distinct):
    """What of an ended dossier counts is other than it was; a result handed over is not."""
    kind = f"(OLD.status IN {WITHOUT}) <> (NEW.status IN {WITHOUT})"
    opened = f"({ENDED.format('OLD')}) <> ({ENDED.format('NEW')})"
    others = " OR ".join(f"OLD.{name} {distinct} NEW.{name}" for name in COLUMNS)
    return f"(({ENDED.format('OLD')}) OR ({ENDED.format('NEW')})) AND ({kind} OR {opened} OR {others})"


def _sqlite_mark(row, source=""):
    month = (
        f"max('0001-01-01', date(min({row}.received_at, coalesce({row}.settled_at, {row}.received_at)),"
        " '-1 day', 'start of month'))"
    )
    return (
        "INSERT OR REPLACE INTO dossiers_unfolded (agency_id, procedure_id, month, turn) "
        f"SELECT {row}.agency_id, {row}.procedure_id, {month}, 0 {source or 'WHERE'} {ENDED.format(row)};"
    )


def sqlite():
    yield (
        "dossiers_unfold_insert",
        "AFTER INSERT ON dossiers_dossier",
        ENDED.format("NEW"),
        _sqlite_mark("NEW"),
    )
    yield (
        "dossiers_unfold_update",
        "AFTER UPDATE ON dossiers_dossier",
        _changed("IS NOT"),
        _sqlite_mark("OLD") + " " + _sqlite_mark("NEW"),
    )
    yield (
        "dossiers_unfold_delete",
        "AFTER DELETE ON dossiers_dossier",
        ENDED.format("OLD"),
        _sqlite_mark("OLD"),
    )
    for table, (key, counts) in PARTS.items():
        for change, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            source = f"FROM dossiers_dossier d WHERE d.id = {row}.{key} AND"
            yield (
                f"dossiers_unfold_{table}_{change.lower()}",
                f"AFTER {change} ON {table}",
                counts.format(row),
                _sqlite_mark("d", source),
            )


FUNCTIONS = [
    """CREATE FUNCTION dossiers_unfold(agency bigint, procedure bigint, received timestamptz,
       settled timestamptz) RETURNS void LANGUAGE sql AS $$
       INSERT INTO dossiers_unfolded (agency_id, procedure_id, month, turn) VALUES (agency, procedure,
       greatest(date '0001-01-01', date_trunc('month',
       (least(received, coalesce(settled, received)) AT TIME ZONE 'UTC') - interval '1 day')::date),
       txid_current()) ON CONFLICT DO NOTHING $$""",
    f"""CREATE FUNCTION dossiers_unfold_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF TG_OP <> 'INSERT' AND {ENDED.format("OLD")} THEN
         PERFORM dossiers_unfold(OLD.agency_id, OLD.procedure_id, OLD.received_at, OLD.settled_at);
       END IF;
       IF TG_OP <> 'DELETE' AND {ENDED.format("NEW")} THEN
         PERFORM dossiers_unfold(NEW.agency_id, NEW.procedure_id, NEW.received_at, NEW.settled_at);
       END IF;
       RETURN NULL; END $$""",
    f"""CREATE FUNCTION dossiers_unfold_part() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE
       part jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END); BEGIN
       PERFORM dossiers_unfold(d.agency_id, d.procedure_id, d.received_at, d.settled_at)
       FROM dossiers_dossier d WHERE d.id = (part ->> TG_ARGV[0])::bigint AND {ENDED.format("d")};
       RETURN NULL; END $$""",
]


def postgresql():
    row = "EXECUTE FUNCTION dossiers_unfold_row()"
    yield "dossiers_unfold_insert", "AFTER INSERT ON dossiers_dossier", ENDED.format("NEW"), row
    yield (
        "dossiers_unfold_update",
        "AFTER UPDATE ON dossiers_dossier",
        _changed("IS DISTINCT FROM"),
        row,
    )
    yield "dossiers_unfold_delete", "AFTER DELETE ON dossiers_dossier", ENDED.format("OLD"), row
    for table, (key, counts) in PARTS.items():
        for change, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            yield (
                f"dossiers_unfold_{table}_{change.lower()}",
                f"AFTER {change} ON {table}",
                counts.format(row),
                f"EXECUTE FUNCTION dossiers_unfold_part('{key}')",
            )


def watch(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name, when, condition, body in sqlite():
            schema_editor.execute(f"CREATE TRIGGER {name} {when} WHEN {condition} BEGIN {body} END")
        return
    for statement in FUNCTIONS:
        schema_editor.execute(statement, params=None)
    for name, when, condition, body in postgresql():
        schema_editor.execute(
            f"CREATE TRIGGER {name} {when} FOR EACH ROW WHEN ({condition}) {body}", params=None
        )


def unwatch(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for name, when, _condition, _body in sqlite() if is_sqlite else postgresql():
        table = "" if is_sqlite else f" ON {when.rsplit(' ', 1)[1]}"
        schema_editor.execute(f"DROP TRIGGER {name}{table}")
    if not is_sqlite:
        for name in ("_part()", "_row()", "(bigint, bigint, timestamptz, timestamptz)"):
            schema_editor.execute(f"DROP FUNCTION dossiers_unfold{name}")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0009_rollups"), ("files", "0001_initial")]
    operations = [migrations.RunPython(watch, unwatch)]
