"""Check a proof file against published roots: ``python verify_receipt.py PROOF.json [ROOTS.json]``.

Needs Python alone: no Django, no database, nothing of Một Cửa. PROOF.json is downloaded from a
dossier's page; ROOTS.json from the commune's page "Kiểm tra" (``/verify/roots.json``), or from a
newspaper, a notice board, another office: whoever keeps a copy of the roots can catch a change.
Ends with 0 when everything holds, 1 when something was changed, 2 when a file cannot be read.
The format is described in docs/reference/chain.md.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

FORMAT = "motcua-proof/1"

Entry = Mapping[str, Any]
Roots = Mapping[tuple[str, str], str]


def entry_hash(entry: Entry) -> str:
    """The hash of an entry, from what it says."""
    names = ("chain", "seq", "at", "actor", "action", "object", "data", "previous")
    body = {"v": 1, **{name: entry[name] for name in names}}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def root_of_path(entry: str, index: int, count: int, path: Sequence[str]) -> str | None:
    """The root to which a path leads, or None (RFC 6962, section 2.1.1)."""
    node, place, last = hashlib.sha256(b"\x00" + bytes.fromhex(entry)).digest(), index, count - 1
    for step in path:
        if last == 0:
            return None
        other = bytes.fromhex(step)
        if place % 2 or place == last:
            node = hashlib.sha256(b"\x01" + other + node).digest()
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            node = hashlib.sha256(b"\x01" + node + other).digest()
        place, last = place // 2, last // 2
    return node.hex() if last == 0 else None


def faults(entry: Entry, published: Roots) -> Iterator[str]:
    """What is wrong with one entry, in words."""
    if entry_hash(entry) != entry["hash"]:
        yield "nội dung không khớp với mã băm của chính nó"
    if "root" not in entry:
        return
    if root_of_path(entry["hash"], entry["index"], entry["count"], entry["path"]) != entry["root"]:
        yield f"không nằm trong gốc của ngày {entry['day']}"
    known = published.get((entry["chain"], entry["day"]))
    if published and known is None:
        yield f"ngày {entry['day']} chưa có gốc được công bố"
    elif known is not None and known != entry["root"]:
        yield f"gốc của ngày {entry['day']} khác với gốc đã công bố"


def check(proof: Mapping[str, Any], published: Roots) -> tuple[list[str], bool]:
    """Lines to print, and whether all holds."""
    whole, lines = True, []
    for entry in proof["entries"]:
        found = list(faults(entry, published))
        whole = whole and not found
        verdict = "SAI: " + "; ".join(found) if found else _verdict(entry, published)
        lines.append(f"{entry['at']}  {entry['action']}: {verdict}")
    if not proof["entries"]:
        return ["Tệp không có sự kiện nào."], False
    lines.append(_summary(whole=whole, many=len(proof["entries"]), published=published))
    return lines, whole


def _verdict(entry: Entry, published: Roots) -> str:
    if "root" not in entry:
        return "đúng với mã băm; ngày này chưa khóa nên chưa chứng minh được vị trí"
    return "đúng, nằm trong gốc đã công bố" if published else "đúng, nằm trong gốc ghi ở tệp"


def _summary(*, whole: bool, many: int, published: Roots) -> str:
    if not whole:
        return "KẾT LUẬN: có nội dung đã bị sửa hoặc không thuộc chuỗi. Hãy giữ tệp, báo cấp trên."
    if not published:
        return f"KẾT LUẬN: {many} sự kiện khớp với nhau. Hãy đối chiếu thêm với tệp gốc đã công bố."
    return (
        f"KẾT LUẬN: {many} sự kiện với ngày giờ của chúng chưa từng bị sửa từ khi gốc được công bố."
    )


def say(text: str) -> None:
    """One line for the person."""
    sys.stdout.write(text + "\n")


def main(arguments: Sequence[str]) -> int:
    """Read the files, print the verdict."""
    if not 1 <= len(arguments) <= 2:
        say(__doc__ or "")
        return 2
    try:
        proof = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
        if proof["format"] != FORMAT:
            raise ValueError(f"format {proof['format']!r}, {FORMAT!r} is needed")
        published = {}
        if len(arguments) == 2:
            rows = json.loads(Path(arguments[1]).read_text(encoding="utf-8"))["roots"]
            published = {(row["chain"], row["day"]): row["root"] for row in rows}
        lines, whole = check(proof, published)
    except (OSError, ValueError, KeyError, TypeError) as error:
        say(f"Không đọc được tệp: {error}")
        return 2
    say("\n".join(lines))
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
