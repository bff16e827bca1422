"""The demo's log-ins. They exist in demo mode only."""

from __future__ import annotations

from django.conf import settings

from motcua.org.actions import read_pack

PASSWORD = "motcua-demo-2024"  # noqa: S105 # of the demo's invented people; refused outside demo mode


def log_ins() -> list[tuple[str, str]]:
    """Log-in name and who it is, in the order of the pack."""
    pack = read_pack(settings.PACKS / "demo" / "org.yaml")
    posts = {
        (agency["code"], post["code"]): post["name"]
        for agency in pack["agencies"]
        for post in agency.get("posts", [])
    }
    return [
        (
            row["username"],
            f"{row['name']}, {posts.get((row['agency'], row.get('post')), row['role'])}",
        )
        for row in pack["people"]
    ]
