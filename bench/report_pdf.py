"""A report as PDF and DOCX: cold (first in a new process) and warm. Prints JSON.

Run: python -m bench.report_pdf
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

from motcua.documents.layout import (
    Align,
    Annex,
    Column,
    Heading,
    OfficialDocument,
    Paragraph,
    Table,
    render_docx,
    render_pdf,
)

ROUNDS = 20
SENTENCE = (
    "Trong kỳ, Ủy ban nhân dân xã đã tập trung chỉ đạo các bộ phận rà soát, niêm yết công khai thủ "
    "tục hành chính, tiếp nhận và trả kết quả đúng hạn; tỷ lệ giải quyết đúng hạn đạt 99,4%. "
)


def report() -> OfficialDocument:
    """A quarterly report of about ten pages: eight sections, an annex table of 60 rows."""
    body: list[Heading | Paragraph | Table] = []
    for section in range(1, 9):
        body.append(Heading(f"{section}. Nội dung thứ {section}", 2))
        body += [Paragraph(SENTENCE * 3)] * 4
    rows = [
        [str(n), f"Nhiệm vụ thứ {n}: {SENTENCE[:90]}", "Văn phòng - Thống kê", "30/6/2024", "Xong"]
        for n in range(1, 61)
    ]
    columns = [
        Column("TT", 0.5, Align.CENTER),
        Column("Nhiệm vụ", 4),
        Column("Chủ trì", 2),
        Column("Thời hạn", 1.2, Align.CENTER),
        Column("Kết quả", 1.2, Align.CENTER),
    ]
    return OfficialDocument(
        agency=["ỦY BAN NHÂN DÂN", "XÃ HOẰNG ĐÔNG"],
        agency_name="Ủy ban nhân dân xã Hoằng Đông",
        number="05/BC-UBND",
        place="Hoằng Đông",
        day=date(2024, 3, 14),
        kind="BÁO CÁO",
        summary="Kết quả công tác cải cách hành chính quý I năm 2024",
        body=body,
        authority=["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        signatory="Lê Văn Minh",
        recipients=["UBND huyện (b/c)", "Lưu: VT"],
        annexes=[Annex("Tiến độ thực hiện nhiệm vụ", [Table(columns, rows)], landscape=True)],
    )


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def spread(render: Callable[[OfficialDocument], bytes]) -> dict[str, float]:
    """Median and slowest of ``ROUNDS`` calls in a warm process, in milliseconds."""
    document = report()
    render(document)
    times = [milliseconds(lambda: render(document)) for _ in range(ROUNDS)]
    return {"median_ms": round(statistics.median(times), 1), "max_ms": round(max(times), 1)}


def main() -> None:
    """Measure; with the argument "once" only the first call of this process."""
    if sys.argv[1:] == ["once"]:
        print(milliseconds(lambda: render_pdf(report())))
        return
    command = [sys.executable, "-m", "bench.report_pdf", "once"]
    cold = [float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in "123"]
    print(
        json.dumps(
            {
                "pdf_bytes": len(render_pdf(report())),
                "pdf_cold_ms": round(statistics.median(cold), 1),
                "pdf_warm": spread(render_pdf),
                "docx_warm": spread(render_docx),
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
