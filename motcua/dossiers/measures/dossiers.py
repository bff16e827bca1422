"""What indicators may count of dossiers: for many periods at once from rollups and by the pure
rules, and one number opened to its rows in SQL.

All say the same; ``tests/dossiers/test_measures.py`` and ``test_rollups.py`` hold them together.
"""

from __future__ import annotations

from django.urls import reverse

from motcua.core.errors import mark as _
from motcua.core.measures import Family, Measure, RowColumn, Scope
from motcua.dossiers.models import Dossier, DossierQuerySet
from motcua.dossiers.queries.courses import Span as Span
from motcua.dossiers.queries.marked import CONDITIONS, marked
from motcua.dossiers.queries.parts import fields_of, procedures_in, procedures_of
from motcua.dossiers.rollups.reading import count as count
from motcua.dossiers.rules.counting import MINUTES
from motcua.dossiers.rules.counting import worked as worked

DOSSIERS = _("hồ sơ")
INDEX = "Quyết định 766/QĐ-TTg"
D61 = "Nghị định 61/2018/NĐ-CP"

MEASURES = (
    Measure("dossiers.received", _("Hồ sơ tiếp nhận"), DOSSIERS, _("Tiếp nhận trong kỳ."), D61),
    Measure(
        "dossiers.received.desk",
        _("Hồ sơ nộp trực tiếp"),
        DOSSIERS,
        _("Tiếp nhận trong kỳ, nộp tại Bộ phận Một cửa."),
    ),
    Measure(
        "dossiers.received.online",
        _("Hồ sơ nộp trực tuyến"),
        DOSSIERS,
        _("Tiếp nhận trong kỳ, nộp trực tuyến."),
        f"{INDEX}, 3.3",
    ),
    Measure(
        "dossiers.received.post",
        _("Hồ sơ nộp qua bưu chính"),
        DOSSIERS,
        _("Tiếp nhận trong kỳ, nộp qua bưu chính công ích."),
    ),
    Measure(
        "dossiers.carried",
        _("Hồ sơ kỳ trước chuyển sang"),
        DOSSIERS,
        _("Tiếp nhận trước kỳ, đầu kỳ chưa có kết quả."),
    ),
    Measure(
        "dossiers.settled",
        _("Hồ sơ đã giải quyết"),
        DOSSIERS,
        _("Có kết quả trong kỳ (không phải ngày trả), hoặc đã rút, đã dừng sau khi tiếp nhận."),
        f"{INDEX}, 2.1",
    ),
    Measure(
        "dossiers.settled.early",
        _("Hồ sơ giải quyết trước hạn"),
        DOSSIERS,
        _("Giải quyết trong kỳ, vào một ngày trước ngày hẹn; yêu cầu bổ sung không quá một lần."),
        f"{INDEX}, 2.1",
    ),
    Measure(
        "dossiers.settled.last_day",
        _("Hồ sơ giải quyết vào đúng ngày hẹn"),
        DOSSIERS,
        _("Giải quyết trong kỳ, vào chính ngày hẹn, không sau giờ hẹn."),
    ),
    Measure(
        "dossiers.settled.punctual",
        _("Hồ sơ giải quyết trước và đúng hạn"),
        DOSSIERS,
        _("Giải quyết trong kỳ, không sau giờ hẹn; yêu cầu bổ sung không quá một lần."),
        f"{INDEX}, 2.1",
    ),
    Measure(
        "dossiers.settled.late",
        _("Hồ sơ giải quyết quá hạn"),
        DOSSIERS,
        _("Giải quyết trong kỳ sau giờ hẹn, hoặc đã yêu cầu bổ sung quá một lần."),
        f"{INDEX}, 2.1",
    ),
    Measure(
        "dossiers.settled.minutes",
        _("Thời gian giải quyết"),
        _("phút làm việc"),
        _("Giờ làm việc từ tiếp nhận đến kết quả, trừ thời gian chờ bổ sung, chờ nghĩa vụ."),
        f"{INDEX}, 2.2",
    ),
    Measure(
        "dossiers.open",
        _("Hồ sơ đang giải quyết"),
        DOSSIERS,
        _("Cuối kỳ chưa có kết quả."),
    ),
    Measure(
        "dossiers.open.late",
        _("Hồ sơ đang quá hạn"),
        DOSSIERS,
        _("Cuối kỳ chưa có kết quả và đã qua giờ hẹn; hồ sơ đang tạm dừng không tính."),
    ),
    Measure(
        "dossiers.index",
        _("Hồ sơ xét tiến độ"),
        DOSSIERS,
        _("Giải quyết trong kỳ hoặc cuối kỳ chưa có kết quả."),
        f"{INDEX}, 2.1",
    ),
    Measure(
        "dossiers.index.punctual",
        _("Hồ sơ đạt tiến độ"),
        DOSSIERS,
        _(
            "Xét đến lúc có kết quả; đang chờ bổ sung lần đầu thì xét đến lúc yêu cầu; "
            "chưa xong thì xét đến cuối kỳ. Yêu cầu bổ sung quá một lần là trễ."
        ),
        f"{INDEX}, 2.1",
    ),
    Measure(
        "dossiers.supplement.once",
        _("Hồ sơ có yêu cầu bổ sung lần đầu"),
        DOSSIERS,
        _("Lần yêu cầu bổ sung thứ nhất nằm trong kỳ."),
        f"{D61}, Điều 17",
    ),
    Measure(
        "dossiers.supplement.again",
        _("Hồ sơ bị yêu cầu bổ sung lần hai"),
        DOSSIERS,
        _("Lần yêu cầu bổ sung thứ hai nằm trong kỳ."),
        f"{INDEX}, 2.1",
    ),
    Measure(
        "dossiers.results",
        _("Hồ sơ có kết quả"),
        DOSSIERS,
        _("Có kết quả trong kỳ; hồ sơ rút, dừng không tính."),
        f"{INDEX}, 4.1",
    ),
    Measure(
        "dossiers.results.electronic",
        _("Hồ sơ có kết quả điện tử"),
        DOSSIERS,
        _("Có kết quả trong kỳ và có tệp kết quả lưu cùng hồ sơ."),
        f"{INDEX}, 4.1",
    ),
    Measure(
        "dossiers.results.digitised",
        _("Hồ sơ được số hóa"),
        DOSSIERS,
        _("Có kết quả trong kỳ; có ít nhất một tệp thành phần và tệp kết quả."),
        f"{INDEX}, 4.2",
    ),
)
COLUMNS = (
    RowColumn(_("Mã hồ sơ"), "code"),
    RowColumn(_("Nội dung"), "summary"),
    RowColumn(_("Tiếp nhận"), "received_at"),
    RowColumn(_("Hẹn trả"), "then_due"),
    RowColumn(_("Kết thúc"), "then_ended"),
)
SUMS = frozenset({MINUTES})


def rows(code: str, scope: Scope) -> DossierQuerySet:
    """The dossiers that a number counts, in the order of receipt."""
    span = Span.of(scope)
    found = Dossier.objects.filter(agency__in=scope.agencies)
    if scope.part is not None:
        found = found.filter(procedure__in=procedures_in(scope.part))
    found = marked(found, span.at, span.seen)
    return found.filter(CONDITIONS[code](span.first, span.at)).order_by("received_at", "pk")


FAMILY = Family(
    name="dossiers",
    sees="dossiers.view",
    measures=MEASURES,
    count=count,
    rows=rows,
    columns=COLUMNS,
    address=lambda row: reverse("dossiers:dossier", args=[row.pk]),
    sums=SUMS,
    parts={"procedure": procedures_of, "field": fields_of},
)
