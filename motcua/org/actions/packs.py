"""Load the organisation from a pack: validated, idempotent, dated.

A pack is a YAML file with ``agencies`` (code, name, kind, parent, valid_from …), ``posts`` and
``roles``. What is there already is updated; nothing is ever removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.org.models import Agency, Placement, Post, Role
from motcua.org.rules import AgencyKind


class PackFaulty(Refused):
    """A pack names something that is not there, or leaves something out."""

    code = "pack_faulty"
    message = _("Gói dữ liệu “%(pack)s” có lỗi: %(fault)s.")


def read_pack(path: Path) -> dict[str, Any]:
    """The pack's content; raises :class:`PackFaulty` for what is no mapping."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise PackFaulty(pack=path.name, fault="không phải một bảng YAML")
    return content


@transaction.atomic
def load_roles(*, pack: Mapping[str, Any]) -> int:
    """Roles and their permissions; returns how many."""
    for row in pack["roles"]:
        Role.objects.update_or_create(
            code=row["code"],
            defaults={"name": row["name"], "permissions": sorted(row["permissions"])},
        )
    return len(pack["roles"])


@transaction.atomic
def load_agencies(*, pack: Mapping[str, Any], name: str) -> int:
    """Agencies with their places in the tree and their posts; returns how many agencies."""
    by_code: dict[str, Agency] = {a.code: a for a in Agency.objects.all()}
    for row in pack["agencies"]:
        code = str(row["code"])
        agency, _made = Agency.objects.update_or_create(
            code=code,
            defaults={
                "name": row["name"],
                "short_name": row.get("short_name", row["name"]),
                "kind": AgencyKind(row["kind"]).value,
                "place": row.get("place", ""),
                "symbol": row.get("symbol", "UBND"),
                "identifier": row.get("identifier", ""),
                "valid_from": _day(row["valid_from"]),
                "valid_to": _day(row.get("valid_to")),
            },
        )
        by_code[code] = agency
        for place in row.get("places", [{"parent": row.get("parent")}]):
            _place(agency, place, row, by_code, name)
        for order, post in enumerate(row.get("posts", [])):
            Post.objects.update_or_create(
                agency=agency,
                code=post["code"],
                defaults={
                    "name": post["name"],
                    "external": post.get("external", False),
                    "order": order,
                    "valid_from": agency.valid_from,
                },
            )
    for row in pack["agencies"]:
        if successor := row.get("successor"):
            if str(successor) not in by_code:
                raise PackFaulty(pack=name, fault=f"không có cơ quan kế thừa {successor}")
            Agency.objects.filter(code=str(row["code"])).update(successor=by_code[str(successor)])
    return len(pack["agencies"])


def _place(
    agency: Agency,
    place: Mapping[str, Any],
    row: Mapping[str, Any],
    by_code: Mapping[str, Agency],
    name: str,
) -> None:
    parent_code = place.get("parent")
    start = _day(place.get("valid_from", row["valid_from"]))
    parent, path = None, f"{agency.code}/"
    if parent_code is not None:
        parent = by_code.get(str(parent_code))
        if parent is None:
            raise PackFaulty(pack=name, fault=f"không có cơ quan cấp trên {parent_code}")
        above = Placement.objects.filter(agency=parent, valid_from__lte=start)
        upper = above.order_by("-valid_from").first()
        if upper is None:
            raise PackFaulty(pack=name, fault=f"{parent_code} chưa tồn tại ngày {start}")
        path = f"{upper.path}{agency.code}/"
    Placement.objects.update_or_create(
        agency=agency,
        valid_from=start,
        defaults={
            "parent": parent,
            "path": path,
            "valid_to": _day(place.get("valid_to", row.get("valid_to"))),
        },
    )


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value
