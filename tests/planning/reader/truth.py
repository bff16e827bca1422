"""Hold a reading against a truth that was written by hand from what the plan means to say."""

from __future__ import annotations

from typing import Any

from motcua.planning.reader.words import plain


def differences(reading: dict[str, Any], truth: dict[str, Any]) -> list[str]:
    """Everything in which a reading differs from its truth, one sentence each."""
    found: list[str] = []
    for key in ("kind", "title", "year", "issuer"):
        _same(found, key, reading[key], truth[key])
    if "period" in truth:
        _same(found, "period", list(reading["period"].values()), list(map(str, truth["period"])))
    for key in ("preamble", "purposes", "requirements", "closing"):
        _texts(found, key, [item["text"] for item in reading[key]], truth[key])
    funding = reading["funding"]
    _texts(found, "funding", [funding["text"]] if funding else [], _list(truth["funding"]))
    _targets(found, reading["targets"], truth["targets"])
    _rows(found, "tasks", reading["tasks"], truth["tasks"])
    _rows(found, "annex", reading["annex"], truth.get("annex", []))
    posts = [[post["post"], len(post["duties"])] for post in reading["responsibilities"]]
    _same(found, "responsibilities", posts, truth["responsibilities"])
    names = [[entry["name"], entry["mode"]] for entry in reading["recipients"]]
    _same(found, "recipients", names, truth["recipients"])
    signed = list(reading["signatory"].values()) if reading["signatory"] else None
    _same(found, "signatory", signed, truth["signatory"])
    cited = [[r["number"], r["kind"], r["issuer"], r["date"]] for r in reading["references"]]
    wanted = [[*entry[:3], str(entry[3]) if entry[3] else None] for entry in truth["references"]]
    _same(found, "references", cited, wanted)
    codes = {warning["code"] for warning in reading["warnings"]}
    if missing := set(truth["warnings"]) - codes:
        found.append(f"warnings: {missing} not given")
    if noise := codes - set(truth["warnings"]) - {"no_deadline"}:
        found.append(f"warnings: {noise} should not be")
    _same(found, "not understood", len(reading["not_understood"]), truth.get("not_understood", 0))
    return found


def _list(value: Any) -> list[Any]:
    return [] if value is None else [value]


def _same(found: list[str], what: str, got: Any, wanted: Any) -> None:
    if got != wanted:
        found.append(f"{what}: {got!r} instead of {wanted!r}")


def _texts(found: list[str], what: str, got: list[str], wanted: list[str]) -> None:
    """The texts begin as they should, each and in order."""
    if len(got) != len(wanted):
        found.append(f"{what}: {[text[:40] for text in got]} instead of {wanted}")
        return
    found.extend(
        f"{what}: {text[:60]!r} instead of {start!r}"
        for text, start in zip(got, wanted, strict=True)
        if not text.startswith(start)
    )


def _targets(found: list[str], got: list[dict[str, Any]], wanted: list[list[Any]]) -> None:
    goals = [[t["comparison"], t["value"], t["upper"], t["unit"]] for t in got]
    _same(found, "targets", goals, [entry[:4] for entry in wanted])
    found.extend(
        f"target subject: {target['subject']!r} without {entry[4]!r}"
        for target, entry in zip(got, wanted, strict=False)
        if entry[4] and plain(entry[4]) not in plain(target["subject"])
    )


def _rows(found: list[str], what: str, got: list[dict[str, Any]], wanted: list[list[Any]]) -> None:
    """Tasks or annex rows: number, field, how the text begins, what is said about it."""
    texts = [row.get("text") or row["task"] for row in got]
    _texts(found, what, texts, [entry[2] for entry in wanted])
    for row, entry in zip(got, wanted, strict=False):
        said = entry[3] if len(entry) > 3 else {}
        number = row.get("code") or row.get("no")
        if entry[0] is not None:
            _same(found, f"{what} {entry[2]}: number", number, entry[0])
        _same(found, f"{what} {entry[2]}: field", row["field"], entry[1])
        for key in ("lead", "with", "due", "product", "cost"):
            if what == "tasks" or key in said:
                _same(found, f"{what} {entry[2]}: {key}", row[key], said.get(key))
        if what == "tasks":
            goals = [[t["comparison"], t["value"], t["unit"]] for t in row["targets"]]
            _same(found, f"task {entry[2]}: targets", goals, said.get("targets", []))
