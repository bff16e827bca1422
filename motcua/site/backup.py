"""One archive of everything but the keys: database and files, written while the product is in use.

A ZIP with ``manifest.json`` (format, engine, counts), ``rows/TABLE.csv`` of every table read in one
snapshot, and ``files/…``. It restores on either engine: a commune's SQLite backup opens on a
province's PostgreSQL.
"""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, models, transaction

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.db.moment import one_moment

FORMAT = 1
#: Tables that do not belong to a backup: they are made anew or mean nothing elsewhere.
LEFT_OUT = {
    "django_session",
    "dossiers_cell",
    "dossiers_folding",
    "dossiers_unfolded",
    "jobs_workerbeat",
    "usersessions_usersession",
}
_NULL = "\\N"


class NotEmpty(Refused):
    """Restoring over living data would lose it."""

    code = "not_empty"
    message = _(
        "Cài đặt này đã có dữ liệu. Hãy khôi phục vào một MOTCUA_HOME (hoặc cơ sở dữ liệu) trống."
    )


class BackupUnreadable(Refused):
    """Not an archive of ours, or cut."""

    code = "backup_unreadable"
    message = _("Tệp sao lưu không đọc được hoặc không trọn vẹn. Hãy dùng bản sao lưu khác.")


def tables() -> list[type[models.Model]]:
    """All models with rows of their own, including those of relations, in a stable order."""
    found = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed]
    found = [m for m in found if not m._meta.proxy and m._meta.db_table not in LEFT_OUT]
    return sorted(found, key=lambda model: model._meta.db_table)


def _columns(model: type[models.Model]) -> list[str]:
    fields = model._meta.concrete_fields
    return [str(f.column) for f in fields if not isinstance(f, models.GeneratedField)]


def _files_root() -> Path:
    storage: Any = default_storage
    return Path(storage.location)


def write_backup(path: Path) -> dict[str, int]:
    """Write the archive beside its name and rename it when it is whole; returns what it holds."""
    partial = path.with_suffix(path.suffix + ".partial")
    counts: dict[str, int] = {}
    files = 0
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with one_moment():
            for model in tables():
                counts[model._meta.db_table] = _write_table(archive, model)
        root = _files_root()
        for file in sorted(root.glob("*/*")) if root.exists() else []:
            archive.write(file, f"files/{file.relative_to(root)}")
            files += 1
        manifest = {"format": FORMAT, "engine": connection.vendor, "rows": counts, "files": files}
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    with partial.open("rb") as written:
        os.fsync(written.fileno())
    partial.replace(path)
    return {"rows": sum(counts.values()), "files": files}


def _write_table(archive: zipfile.ZipFile, model: type[models.Model]) -> int:
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(name) for name in _columns(model))
    count = 0
    with (
        archive.open(f"rows/{model._meta.db_table}.csv", "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, "utf-8", newline="") as text,
        connection.cursor() as cursor,
    ):
        writer = csv.writer(text)
        writer.writerow(_columns(model))
        cursor.execute(f"SELECT {columns} FROM {table}")  # noqa: S608 # names come from our models
        while rows := cursor.fetchmany(2000):
            writer.writerows([_plain(value) for value in row] for row in rows)
            count += len(rows)
    return count


def _plain(value: Any) -> str:
    if value is None:
        return _NULL
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    return str(value)


def read_backup(path: Path) -> dict[str, int]:
    """Fill an empty, migrated installation. Raises ``NotEmpty``, ``BackupUnreadable``."""
    if apps.get_model("org", "Account").objects.exists():
        raise NotEmpty
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.testzip() is not None:
                raise BackupUnreadable
            manifest = json.loads(archive.read("manifest.json"))
            if manifest["format"] != FORMAT:
                raise BackupUnreadable
            rows = _fill(archive, manifest)
            files = _restore_files(archive)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise BackupUnreadable from error
    return {"rows": rows, "files": files}


def _fill(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> int:
    total = 0
    with connection.constraint_checks_disabled(), transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # Foreign keys are checked at commit; the order of tables does not matter.
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for model in tables():
            name = f"rows/{model._meta.db_table}.csv"
            if name not in archive.namelist():
                continue
            count = _fill_table(archive, name, model)
            if count != manifest["rows"][model._meta.db_table]:
                raise BackupUnreadable
            total += count
        _reset_sequences()
    connection.check_constraints()
    return total


def _fill_table(archive: zipfile.ZipFile, name: str, model: type[models.Model]) -> int:
    table = connection.ops.quote_name(model._meta.db_table)
    fields = {f.column: f for f in model._meta.concrete_fields}
    count = 0
    with (
        archive.open(name) as raw,
        io.TextIOWrapper(raw, "utf-8", newline="") as text,
        connection.cursor() as cursor,
    ):
        reader = csv.reader(text)
        columns = next(reader)
        if model._default_manager.exists():  # what migrations made; the trace has none yet
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 # names come from our models
        places = ", ".join(["%s"] * len(columns))
        names = ", ".join(connection.ops.quote_name(column) for column in columns)
        insert = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 # likewise
        batch: list[list[Any]] = []
        for row in reader:
            pairs = zip(row, columns, strict=True)
            batch.append([_value(cell, fields[column]) for cell, column in pairs])
            if len(batch) == 500:
                cursor.executemany(insert, batch)
                count, batch = count + len(batch), []
        if batch:
            cursor.executemany(insert, batch)
    return count + len(batch)


def _value(cell: str, field: models.Field[Any, Any]) -> Any:
    if cell == _NULL:
        return None
    kind = field.get_internal_type()
    if kind == "BooleanField":
        return cell in {"1", "True", "t"}
    if kind == "BinaryField":
        return bytes.fromhex(cell)
    if kind in {"UUIDField", "JSONField"} and connection.vendor == "sqlite":
        return cell.replace("-", "") if kind == "UUIDField" else cell
    return cell


def _reset_sequences() -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), tables())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _restore_files(archive: zipfile.ZipFile) -> int:
    root = _files_root()
    count = 0
    for name in archive.namelist():
        if not name.startswith("files/"):
            continue
        _folder, first, second = name.split("/")
        if len(first) != 2 or not second.isalnum():  # nothing but our own hashes
            raise BackupUnreadable
        target = root / first / second
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read(name))
        count += 1
    return count
