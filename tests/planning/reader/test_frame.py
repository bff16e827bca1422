"""Letterhead, title, recipients, signature."""

from __future__ import annotations

import pytest

from motcua.planning.reader.result import Recipient, Signatory
from tests.planning.reader.reading import loosely

BODY = "I. MỤC TIÊU\n- 100% hồ sơ đúng hạn."


@pytest.mark.parametrize(
    ("head", "kind", "title", "issuer"),
    [
        ("UBND XÃ ĐỒI\nKẾ HOẠCH\nCải cách hành chính năm 2024", "kế hoạch",
         "Cải cách hành chính năm 2024", "UBND xã Đồi"),
        ("KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH XÃ ĐỒI CAO NĂM 2024", "kế hoạch",
         "Cải cách hành chính xã Đồi Cao năm 2024", None),
        ("CHƯƠNG TRÌNH\nCải cách hành chính của UBND xã Đồi\ngiai đoạn 2021 - 2025",
         "chương trình", "Cải cách hành chính của UBND xã Đồi giai đoạn 2021 - 2025",
         "UBND xã Đồi"),
        ("UBND TỈNH NÚI\nSỞ NỘI VỤ\nKẾ HOẠCH\nCải cách hành chính", "kế hoạch",
         "Cải cách hành chính", "Sở Nội vụ tỉnh Núi"),
        ("KẾ HOẠCH", "kế hoạch", None, None),
        ("Kế hoạch", "kế hoạch", None, None),
    ],
)  # fmt: skip
def test_head(head: str, kind: str, title: str | None, issuer: str | None) -> None:
    reading = loosely(f"{head}\n{BODY}")
    assert (reading.kind, reading.title, reading.issuer) == (kind, title, issuer)
    assert len(reading.targets) == 1


def test_no_head_at_all() -> None:
    reading = loosely(BODY)
    assert (reading.kind, reading.title, reading.year, reading.issuer) == (None,) * 4
    assert reading.period is None


@pytest.mark.parametrize(
    ("text", "year", "period"),
    [
        ("KẾ HOẠCH\nCải cách năm 2024", 2024, ("2024-01-01", "2024-12-31")),
        ("KẾ HOẠCH\nCải cách giai đoạn 2026 - 2030", None, ("2026-01-01", "2030-12-31")),
        ("KẾ HOẠCH\nCải cách từ năm 2026 đến năm 2030", None, ("2026-01-01", "2030-12-31")),
        ("KẾ HOẠCH\nCải cách năm 2026, giai đoạn 2026 - 2030", 2026, ("2026-01-01", "2026-12-31")),
        ("KẾ HOẠCH\nCải cách\nThực hiện văn bản năm 2023 của huyện; UBND xã xây dựng kế hoạch "
         "năm 2024 như sau:", 2024, ("2024-01-01", "2024-12-31")),
        ("KẾ HOẠCH\nCải cách giai đoạn 2030 - 2026", None, None),
    ],
)  # fmt: skip
def test_years(text: str, year: int | None, period: tuple[str, str] | None) -> None:
    reading = loosely(f"{text}\n{BODY}")
    assert reading.year == year
    found = reading.period and (reading.period.start.isoformat(), reading.period.end.isoformat())
    assert found == period


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("- UBND huyện (b/c);", [Recipient("UBND huyện", "b/c")]),
        ("- UBND huyện (để báo cáo);", [Recipient("UBND huyện", "b/c")]),
        ("- Các thôn (thực hiện)", [Recipient("Các thôn", "t/h")]),
        ("- MTTQ (để p/h);", [Recipient("MTTQ", "p/h")]),
        ("- MTTQ: p/h;", [Recipient("MTTQ", "p/h")]),
        ("- Các thôn (6 thôn);", [Recipient("Các thôn (6 thôn)", None)]),
        ("- Lưu: VT, VP.", [Recipient("VT, VP", "lưu")]),
        ("- Lưu.", [Recipient("Lưu", "lưu")]),
        ("- Đảng ủy; HĐND xã;", [Recipient("Đảng ủy", None), Recipient("HĐND xã", None)]),
        ("- Các phòng chuyên môn thuộc\nUBND huyện;",
         [Recipient("Các phòng chuyên môn thuộc UBND huyện", None)]),
        ("-", []),
    ],
)  # fmt: skip
def test_recipients(entry: str, found: list[Recipient]) -> None:
    assert list(loosely(f"{BODY}\nNơi nhận:\n{entry}").recipients) == found


@pytest.mark.parametrize(
    ("lines", "signed"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Thị Thử",
         Signatory("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Thị Thử")),
        ("TM. UBND XÃ\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nTRẦN THỊ THỬ",
         Signatory("TM. UBND XÃ, KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Thị Thử")),
        ("TM. UBND XÃ CHỦ TỊCH\nTrần Thị Thử",
         Signatory("TM. UBND XÃ", "CHỦ TỊCH", "Trần Thị Thử")),
        ("TM. UBND XÃ\nKT. CHỦ TỊCH", Signatory("TM. UBND XÃ, KT. CHỦ TỊCH", None, None)),
        ("CHỦ TỊCH", Signatory(None, "CHỦ TỊCH", None)),
    ],
)  # fmt: skip
def test_signatory(lines: str, signed: Signatory) -> None:
    assert loosely(f"{BODY}\n{lines}").signatory == signed


def test_words_among_the_signature_are_kept() -> None:
    reading = loosely(f"{BODY}\nTM. UBND XÃ\nCHỦ TỊCH\nmột dòng chữ thường rất lạ ở đây.")
    assert reading.signatory == Signatory("TM. UBND XÃ", "CHỦ TỊCH", None)
