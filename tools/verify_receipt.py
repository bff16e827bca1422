"""Check a proof file against published roots: ``python verify_receipt.py PROOF.json [ROOTS.json]``.

Needs Python alone: no Django, no database, nothing of Một Cửa. PROOF.json is downloaded from a
dossier's page; ROOTS.json from the commune's page "Kiểm tra" (``/verify/roots.json``), or from a
newspaper, a notice board, another office: whoever keeps a copy of the roots can catch a change.
Ends with 0 when every event stands in a published root, 1 when something was changed, 2 when a
file cannot be read, 3 when nothing was changed but not everything is proven: a day that is not
closed yet, or no published roots to compare with.
The format is described in docs/reference/chain.md.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

FORMAT, ROOTS = "motcua-proof/1", "motcua-roots/1"
PROVEN, CHANGED, UNREAD, OPEN = range(4)
VIETNAM = timezone(timedelta(hours=7))
#: What was done with a dossier, in words.
WORDS = {
    "submit": "Ghi nhận hồ sơ nộp từ xa",
    "guide": "Hướng dẫn hoàn thiện",
    "receive": "Tiếp nhận hồ sơ",
    "turn_away": "Từ chối hồ sơ tại quầy",
    "accept": "Tiếp nhận",
    "ask_completion": "Yêu cầu hoàn thiện",
    "complete": "Hồ sơ đã hoàn thiện",
    "refuse": "Từ chối tiếp nhận",
    "forward": "Chuyển giải quyết",
    "hand_on": "Chuyển bước tiếp theo",
    "present": "Trình ký kết quả",
    "send_back": "Yêu cầu làm lại",
    "sign": "Ký kết quả",
    "settle": "Có kết quả",
    "hand_over": "Trả kết quả",
    "ask_supplement": "Yêu cầu bổ sung",
    "supply": "Nhận bổ sung",
    "expire": "Quá hạn bổ sung",
    "ask_payment": "Chờ nghĩa vụ tài chính",
    "confirm_payment": "Đã xong nghĩa vụ",
    "consult": "Lấy ý kiến",
    "hear": "Nhận ý kiến",
    "send_out": "Chuyển cơ quan khác giải quyết",
    "bring_back": "Nhận lại từ cơ quan khác",
    "give_back": "Gửi lại cơ quan đã chuyển",
    "apologise": "Xin lỗi và hẹn lại",
    "transfer": "Chuyển người xử lý",
    "decline": "Không giải quyết",
    "stop": "Dừng giải quyết",
    "withdraw": "Rút hồ sơ",
    "collect_fee": "Thu phí, lệ phí",
    "undo_fee": "Hủy phiếu thu",
    "refund_fee": "Hoàn phí, lệ phí",
    "correct": "Sửa trong ngày",
    "repair": "Chữa hồ sơ",
    "mirror": "Ghi nhận từ hệ thống quản lý hồ sơ",
    "files.attach": "Lưu tệp",
    "files.withdraw": "Rút tệp",
}

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


def check(proof: Mapping[str, Any], published: Roots) -> tuple[list[str], int]:
    """Lines to print, and how it ends."""
    if not proof["entries"]:
        return ["Tệp không có sự kiện nào."], CHANGED
    lines, changed, proven = list(_head(proof["entries"])), False, 0
    for entry in proof["entries"]:
        found = list(faults(entry, published))
        changed = changed or bool(found)
        proven += not found and bool(published) and "root" in entry
        verdict = "SAI: " + "; ".join(found) if found else _verdict(entry, published)
        lines.append(f"{_local(entry['at'])}  {_word(entry['action'])}: {verdict}")
    whole = proven == len(proof["entries"])
    lines.append(_summary(changed=changed, proven=proven, many=len(proof["entries"])))
    return lines, CHANGED if changed else PROVEN if whole else OPEN


def _head(entries: Sequence[Entry]) -> Iterator[str]:
    """Which dossier it is, and what was promised last."""
    told = [data for data in (json.loads(entry["data"] or "{}") for entry in entries) if data]
    codes = [data["code"] for data in told if data.get("code")]
    dues = [data["due"] for data in told if data.get("due")]
    if codes:
        yield f"Hồ sơ {codes[-1]}" + (f", hẹn trả {_local(dues[-1])}" if dues else "")


def _local(moment: str) -> str:
    """A moment by the clock of Vietnam."""
    there = datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(VIETNAM)
    return f"{there:%H:%M:%S %d/%m/%Y}"


def _word(action: str) -> str:
    """What was done; what has no word here keeps its name."""
    return WORDS.get(action.removeprefix("dossiers."), action)


def _verdict(entry: Entry, published: Roots) -> str:
    if "root" not in entry:
        return "đúng với mã băm; ngày này chưa khóa nên chưa chứng minh được gì"
    return "đúng, nằm trong gốc đã công bố" if published else "đúng, nằm trong gốc ghi ở tệp"


def _summary(*, changed: bool, proven: int, many: int) -> str:
    if changed:
        return "KẾT LUẬN: có nội dung đã bị sửa hoặc không thuộc chuỗi. Hãy giữ tệp, báo cấp trên."
    if proven == many:
        return (
            f"KẾT LUẬN: {many} sự kiện với ngày giờ của chúng chưa từng bị sửa "
            "từ khi gốc được công bố."
        )
    if proven:
        return (
            f"KẾT LUẬN: {proven} trong {many} sự kiện chưa từng bị sửa từ khi gốc được công bố; "
            f"{many - proven} sự kiện CHƯA chứng minh được: hãy lấy tệp mới khi ngày ấy đã khóa."
        )
    return (
        f"KẾT LUẬN: CHƯA chứng minh được gì về {many} sự kiện. Hãy kiểm tra cùng tệp gốc đã công "
        "bố, khi ngày của chúng đã khóa."
    )


def say(text: str) -> None:
    """One line for the person."""
    sys.stdout.write(text + "\n")


def main(arguments: Sequence[str]) -> int:
    """Read the files, print the verdict."""
    if not 1 <= len(arguments) <= 2 or arguments[0] in ("-h", "--help"):
        say(__doc__ or "")
        return UNREAD
    try:
        proof = _read(arguments[0], FORMAT, "tệp chứng minh")
        published = {}
        if len(arguments) == 2:
            rows = _read(arguments[1], ROOTS, "tệp gốc")["roots"]
            published = {(row["chain"], row["day"]): row["root"] for row in rows}
        lines, end = check(proof, published)
    except (OSError, ValueError, KeyError, TypeError) as error:
        say(f"Không đọc được tệp: {error}")
        return UNREAD
    say("\n".join(lines))
    return end


def _read(path: str, form: str, name: str) -> Mapping[str, Any]:
    """A file of a format. Raises ``ValueError`` for another one."""
    found: Mapping[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    if found.get("format") != form:
        raise ValueError(f"{path} không phải là {name} ({form}), mà là {found.get('format')!r}")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
