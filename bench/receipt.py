"""A receipt as PDF: cold (first in a new process) and warm, a new text each time. Prints JSON.

Run: python -m bench.receipt
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from datetime import date

from bench.report_pdf import milliseconds
from motcua.documents.layout import Align, Column, Table
from motcua.dossiers.documents.page import Field, Signature, SlipPage
from motcua.dossiers.documents.pdf import slip_pdf
from motcua.dossiers.documents.qr import public_address

ROUNDS = 100
GOAL_MS = 20


def receipt(n: int) -> SlipPage:
    """The ``n``-th receipt of a day: a dozen fields, five papers, the square code."""
    code = f"H56.38.05-20260304-{n:07}"
    columns = [Column("TT", 1, Align.CENTER), Column("Tên giấy tờ", 8), Column("Bản chính", 2)]
    papers = [[str(k), f"Giấy tờ thứ {k} của hồ sơ số {n}", "1"] for k in range(1, 6)]
    fields = [Field(f"Mục {k} của giấy", f"Nội dung của hồ sơ số {n}") for k in range(1, 14)]
    return SlipPage(
        form="01",
        agency="UBND xã Hoằng Đông",
        desk="Trung tâm Phục vụ hành chính công",
        number=f"Số: {n}/2026",
        place="Hoằng Đông",
        day=date(2026, 3, 4),
        title="GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        subtitle=f"Mã hồ sơ: {code}",
        parts=[*fields[:7], Table(columns, papers, "Thành phần hồ sơ nộp"), *fields[7:]],
        signatures=[Signature("Người nộp hồ sơ", "Trần Thị Bưởi"), Signature("Người tiếp nhận")],
        qr=public_address("https://motcua.example.vn", code),
    )


def main() -> None:
    """Measure; with the argument "once" only the first call of this process."""
    if sys.argv[1:] == ["once"]:
        print(milliseconds(lambda: slip_pdf(receipt(0))))
        return
    command = [sys.executable, "-m", "bench.receipt", "once"]
    cold = [float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in "123"]
    slip_pdf(receipt(0))
    begun = time.process_time()
    warm = sorted(milliseconds(lambda n=n: slip_pdf(receipt(n))) for n in range(1, ROUNDS + 1))
    cpu = (time.process_time() - begun) * 1000 / ROUNDS
    print(
        json.dumps(
            {
                "pdf_bytes": len(slip_pdf(receipt(1))),
                "cold_ms": round(statistics.median(cold), 1),
                "warm_median_ms": round(statistics.median(warm), 1),
                "warm_p95_ms": round(warm[ROUNDS * 95 // 100], 1),
                "warm_max_ms": round(warm[-1], 1),
                "warm_cpu_mean_ms": round(cpu, 1),  # what a machine with nothing else to do needs
                "goal_ms": GOAL_MS,
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
