"""The rules of procedures by tables: codes, limits, promises, fees, parts, costs."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from motcua.core.workcalendar import national_calendar
from motcua.procedures import rules
from motcua.procedures.rules import (
    Channel,
    ComplianceCost,
    Component,
    Content,
    CostLine,
    Fee,
    FeeBasis,
    FeeKind,
    Limit,
    LimitUnit,
    OnlineLevel,
    Paper,
    PostStep,
    Result,
)
from motcua.procedures.rules.changes import lines_of
from motcua.procedures.rules.parts import PART_WORDS

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = national_calendar()
U = LimitUnit


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.001193", "1.001193"),
        (" 1.000948.H38 ", "1.000948"),
        ("3.000181.000.00.00.h22", "3.000181"),
    ],
)
def test_a_local_suffix_is_not_another_procedure(text, code):
    assert rules.national_code(text) == code


@pytest.mark.parametrize("text", ["", "1001193", "1.00119", "1.0011930", "1.001193.H", "a.001193"])
def test_what_is_no_code(text):
    with pytest.raises(rules.CodeWrong):
        rules.national_code(text)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("5 ngày làm việc", Limit(U.WORKING_DAY, 5)),
        ("Không quá 03 ngày làm việc kể từ ngày nhận đủ hồ sơ", Limit(U.WORKING_DAY, 3)),
        ("15 ngay", Limit(U.DAY, 15)),
        ("trong 10 ngày", Limit(U.DAY, 10)),
        ("08 giờ làm việc", Limit(U.HOUR, 8)),
        ("2 giờ", Limit(U.HOUR, 2)),
        ("Trong ngày", Limit(U.SAME_DAY)),
        ("Ngay trong ngày làm việc; sau 15 giờ thì ngày tiếp theo", Limit(U.SAME_DAY)),
        ("trong ngày (nhận sau 16h30: hôm sau)", Limit(U.SAME_DAY, until=time(16, 30))),
        ("trong ngày, sau 14h thì hôm sau", Limit(U.SAME_DAY, until=time(14))),
        ("Không quy định", Limit(U.NONE)),
        ("", Limit(U.UNKNOWN)),
    ],
)
def test_limits_are_read_as_people_write_them(text, limit):
    assert rules.parse_limit(text) == limit
    assert rules.parse_limit(str(limit)) == limit


@pytest.mark.parametrize("text", ["sớm", "0 ngày", "5 tháng", "ngày", "trong ngày sau 25 giờ"])
def test_what_is_no_limit(text):
    with pytest.raises(rules.LimitUnreadable):
        rules.parse_limit(text)


@pytest.mark.parametrize(("unit", "value"), [(U.DAY, 0), (U.SAME_DAY, 1), (U.HOUR, -1)])
def test_a_limit_has_a_number_where_its_unit_counts(unit, value):
    with pytest.raises(rules.LimitUnreadable):
        Limit(unit, value)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("limit", "received", "counted_from", "due"),
    [
        # Monday; the day of receipt is not counted, the last day runs to closing
        (Limit(U.WORKING_DAY, 5), "2024-03-04 09:00", "2024-03-04 09:00", "2024-03-11 17:00"),
        # over Tết 2024 (8-14 February off)
        (Limit(U.WORKING_DAY, 3), "2024-02-06 10:00", "2024-02-06 10:00", "2024-02-16 17:00"),
        # on a Saturday: from Monday's opening
        (Limit(U.WORKING_DAY, 1), "2024-03-02 09:00", "2024-03-04 07:00", "2024-03-05 17:00"),
        # after closing: from the next morning
        (Limit(U.WORKING_DAY, 1), "2024-03-04 20:00", "2024-03-05 07:00", "2024-03-06 17:00"),
        # calendar days count days off, but do not end on one
        (Limit(U.DAY, 3), "2024-03-04 09:00", "2024-03-04 09:00", "2024-03-07 17:00"),
        (Limit(U.DAY, 5), "2024-03-04 09:00", "2024-03-04 09:00", "2024-03-11 17:00"),
        # hours run through the lunch break and over the end of the day
        (Limit(U.HOUR, 4), "2024-03-04 09:00", "2024-03-04 09:00", "2024-03-04 15:00"),
        (Limit(U.HOUR, 8), "2024-03-04 14:30", "2024-03-04 14:30", "2024-03-05 14:30"),
        # in the day: 15:00 is in time, a minute later is not
        (Limit(U.SAME_DAY), "2024-03-04 15:00", "2024-03-04 15:00", "2024-03-04 17:00"),
        (Limit(U.SAME_DAY), "2024-03-04 15:01", "2024-03-05 07:00", "2024-03-05 17:00"),
        (Limit(U.SAME_DAY), "2024-03-08 16:00", "2024-03-11 07:00", "2024-03-11 17:00"),
        (
            Limit(U.SAME_DAY, until=time(16)),
            "2024-03-04 15:30",
            "2024-03-04 15:30",
            "2024-03-04 17:00",
        ),
    ],
)
def test_when_it_is_due(limit, received, counted_from, due):
    promised = rules.promise(limit, at(received), CALENDAR)
    assert (promised.counted_from, promised.at) == (at(counted_from), at(due))
    assert str(list(promised.why())[-1]).startswith("Hẹn trả kết quả: 1")


def test_a_moment_of_another_zone_is_the_same_moment():
    received = at("2024-03-04 09:00")
    limit = Limit(U.WORKING_DAY, 5)
    assert rules.promise(limit, received.astimezone(UTC), CALENDAR).at == at("2024-03-11 17:00")
    naive = received.replace(tzinfo=None)
    due = rules.promise(limit, naive, CALENDAR).at
    assert due == at("2024-03-11 17:00").replace(tzinfo=None)


@pytest.mark.parametrize("unit", [U.NONE, U.UNKNOWN])
def test_without_a_limit_nothing_is_promised(unit):
    promised = rules.promise(Limit(unit), at("2024-03-04 09:00"), CALENDAR)
    assert promised.at is None
    assert [str(line) for line in promised.why()] == [
        "Nhận lúc 09:00 ngày 04/03/2024.",
        f"Thời hạn: {unit.label}.",
    ]


@pytest.mark.parametrize(
    ("limit", "received", "said"),
    [
        (
            Limit(U.WORKING_DAY, 2),
            "2024-04-26 18:00",
            [
                "Nhận lúc 18:00 ngày 26/04/2024.",
                "Ngoài giờ làm việc nên tính từ 07:00 ngày 02/05/2024.",
                "Thời hạn: 2 ngày làm việc, không tính ngày nhận.",
                "27/04/2024 (Thứ Bảy): nghỉ cuối tuần, không tính.",
                "28/04/2024 (Chủ nhật): nghỉ cuối tuần, không tính.",
                "29/04/2024 (Ngày nghỉ (thay cho ngày 04/05/2024)): nghỉ hoán đổi, làm bù vào "
                "ngày khác, không tính.",
                "30/04/2024 (Ngày Chiến thắng): nghỉ lễ, không tính.",
                "01/05/2024 (Ngày Quốc tế Lao động): nghỉ lễ, không tính.",
                "04/05/2024 (Làm bù (hoán đổi ngày làm việc)): làm bù, có tính.",
                "Hẹn trả kết quả: 17:00 ngày 04/05/2024.",
            ],
        ),
        (
            Limit(U.DAY, 5),
            "2024-03-04 09:00",
            [
                "Nhận lúc 09:00 ngày 04/03/2024.",
                "Thời hạn: 5 ngày, không tính ngày nhận.",
                "09/03/2024 (Thứ Bảy): nghỉ cuối tuần, không tính.",
                "10/03/2024 (Chủ nhật): nghỉ cuối tuần, không tính.",
                "Ngày cuối 09/03/2024 là ngày nghỉ nên chuyển sang 11/03/2024.",
                "Hẹn trả kết quả: 17:00 ngày 11/03/2024.",
            ],
        ),
        (
            Limit(U.SAME_DAY),
            "2024-03-04 15:20",
            [
                "Nhận lúc 15:20 ngày 04/03/2024.",
                "Sau 15:00 nên tính như nhận lúc 07:00 ngày 05/03/2024.",
                "Thời hạn: trong ngày; nhận sau 15:00 thì ngày làm việc tiếp theo.",
                "Hẹn trả kết quả: 17:00 ngày 05/03/2024.",
            ],
        ),
    ],
)
def test_a_date_explains_itself(limit, received, said):
    lines = rules.promise(limit, at(received), CALENDAR).why()
    assert [str(line) for line in lines] == said


def test_sentences_within_sentences_are_translated():
    line = list(rules.promise(Limit(U.DAY, 3), at("2024-03-04 09:00"), CALENDAR).why())[1]
    english = {
        "Thời hạn: %(limit)s, không tính ngày nhận.": "Limit: %(limit)s after receipt.",
        "%(value)s ngày": "%(value)s days",
    }
    assert line.render(lambda text: english.get(text, text)) == "Limit: 3 days after receipt."


# --- fees -----------------------------------------------------------------------------------------

COPY = Fee(
    FeeKind.CHARGE, "Chứng thực bản sao", 2000, FeeBasis.PAGE, later_from=3, later_amount=1000,
    cap=200_000,
)  # fmt: skip
SIGNATURE = Fee(FeeKind.CHARGE, "Chứng thực chữ ký", 10_000)
EXTRACT = Fee(FeeKind.LEVY, "Trích lục", 8000, FeeBasis.COPY, online_amount=0,
              exemptions=("hộ nghèo",))  # fmt: skip
PROVINCE = Fee(FeeKind.LEVY, "Lệ phí hộ tịch", None, exemptions=("hộ nghèo",))


@pytest.mark.parametrize(
    ("fee", "quantity", "amount"),
    [
        (COPY, {"pages": 1}, 2000),
        (COPY, {"pages": 2}, 4000),
        (COPY, {"pages": 3}, 5000),
        (COPY, {"pages": 10, "copies": 2}, 24_000),
        (COPY, {"pages": 198}, 200_000),
        (COPY, {"pages": 199}, 200_000),
        (COPY, {"pages": 1000, "copies": 3}, 600_000),
        (Fee(FeeKind.CHARGE, "x", 2000, FeeBasis.PAGE), {"pages": 10}, 20_000),
        (SIGNATURE, {"cases": 3, "pages": 9}, 30_000),
        (EXTRACT, {"copies": 4}, 32_000),
        (EXTRACT, {"copies": 4, "online": True}, 0),
        (EXTRACT, {"copies": 4, "exemption": "hộ nghèo"}, 0),
        (SIGNATURE, {"online": True}, 10_000),
        (PROVINCE, {}, None),
        (PROVINCE, {"exemption": "hộ nghèo"}, 0),
        (Fee(FeeKind.LEVY, "x", 0), {"cases": 7}, 0),
    ],
)
def test_what_is_to_be_paid(fee, quantity, amount):
    due = rules.fee_due(fee, **quantity)
    assert due.amount == amount
    assert str(due.why).endswith(".")


@pytest.mark.parametrize("quantity", [{"pages": 0}, {"copies": -1}, {"cases": 0}])
def test_nothing_cannot_be_charged_for(quantity):
    with pytest.raises(rules.QuantityWrong):
        rules.fee_due(COPY, **quantity)


def test_a_ground_that_the_rule_does_not_have():
    with pytest.raises(rules.NotExempt, match="học sinh"):
        rules.fee_due(COPY, exemption="học sinh")


def test_one_unknown_amount_leaves_the_sum_unknown():
    paid, unknown = rules.fee_due(SIGNATURE), rules.fee_due(PROVINCE)
    assert rules.total_due([paid, paid]) == 20_000
    assert rules.total_due([paid, unknown]) is None
    assert rules.total_due([]) == 0


@pytest.mark.parametrize(
    ("fee", "words"),
    [
        (
            COPY,
            "2.000 đồng/trang; từ trang 3: 1.000 đồng/trang; tối đa 200.000 đồng/bản",
        ),
        (
            Fee(FeeKind.CHARGE, "x", 500, FeeBasis.PAGE, cap=9000),
            "500 đồng/trang; tối đa 9.000 đồng/bản",
        ),
        (
            Fee(FeeKind.CHARGE, "x", 500, FeeBasis.PAGE, 3, 100),
            "500 đồng/trang; từ trang 3: 100 đồng/trang",
        ),
        (SIGNATURE, "10.000 đồng/trường hợp"),
        (PROVINCE, "do HĐND cấp tỉnh quy định"),
        (Fee(FeeKind.LEVY, "x", 0), "0 đồng"),
    ],
)  # fmt: skip
def test_a_rate_in_words(fee, words):
    assert str(fee.said) == words


# --- parts ----------------------------------------------------------------------------------------

BIRTH = {
    "name": "Thủ tục đăng ký khai sinh",
    "field": "Hộ tịch",
    "authority": "Ủy ban nhân dân cấp xã",
    "limit": "Trong ngày",
    "online_limit": "1 ngày làm việc",
    "online": "full",
    "channels": ["Trực tuyến", "desk"],
    "papers": [
        {"name": "Giấy chứng sinh", "originals": "1"},
        {"name": "Văn bản ủy quyền", "originals": 1, "condition": "Khi ủy quyền", "form": "M1"},
    ],
    "steps": [
        {"name": "Tiếp nhận", "post": "one_stop", "share": 25},
        {"name": "Giải quyết", "post": "justice", "share": 75.0},
    ],
    "results": [{"name": "Giấy khai sinh", "code": "KQ.G15.000001"}],
    "fees": [{"name": "Lệ phí", "amount": 0, "exemptions": "đúng hạn\n\nhộ nghèo"}],
    "legal_bases": ["60/2014/QH13"],
}


def test_a_procedure_is_read_and_written():
    content = Content.read(BIRTH)
    assert content.limit_for("online") == Limit(U.WORKING_DAY, 1)
    assert content.limit_for(Channel.DESK) == Limit(U.SAME_DAY)
    assert content.channels == (Channel.DESK, Channel.ONLINE)
    assert content.papers[0] == Paper("Giấy chứng sinh", originals=1)
    assert [paper.is_required for paper in content.papers] == [True, False]
    assert content.steps[1] == PostStep("Giải quyết", "justice", 75)
    assert content.fees[0].exemptions == ("đúng hạn", "hộ nghèo")
    assert Content.read(content.as_mapping()) == content
    assert rules.missing_parts(content) == ()


def test_without_an_online_limit_both_ways_have_one():
    content = Content.read({"name": "x", "field": "y", "limit": "3 ngày"})
    assert content.limit_for("online") == Limit(U.DAY, 3)


def test_what_must_be_published_and_is_not_there():
    content = Content.read({"name": "x", "field": "y"})
    assert set(rules.missing_parts(content)) == {
        "authority", "channels", "papers", "steps", "results", "legal_bases", "limit",
        "online_reason",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        ({"name": " "}, "name", "trống"),
        ({"name": "x" * 1001}, "name", "dài hơn"),
        ({"colour": "xanh"}, "colour", "không có trong mẫu"),
        ({"limit": "sớm"}, "limit", "Không hiểu"),
        ({"level": "huyện"}, "level", "chỉ nhận"),
        ({"at_desk": "đôi khi"}, "at_desk", "có hoặc không"),
        ({"channels": ["fax"]}, "channels", "fax"),
        ({"channels": 3}, "channels", "danh sách"),
        ({"papers": "giấy"}, "papers", "danh sách"),
        ({"papers": ["giấy"]}, "papers.1", "bảng"),
        ({"papers": [{"name": "a"}, {"originals": 1}]}, "papers.2.name", "trống"),
        ({"papers": [{"name": "a", "photos": "hai"}]}, "papers.1.photos", "số nguyên"),
        ({"papers": [{"name": "a", "photos": True}]}, "papers.1.photos", "số nguyên"),
        ({"papers": [{"name": "a", "photos": -1}]}, "papers.1.photos", "số nguyên"),
        ({"steps": [{"name": "a", "post": "b", "share": 90}]}, "steps", "90%"),
        ({"steps": [{"name": "a", "share": 100}]}, "steps.1.post", "trống"),
        ({"fees": [{"name": "a", "amount": "một"}]}, "fees.1.amount", "số nguyên"),
        ({"fees": [{"name": "a", "per": "ngày"}]}, "fees.1.per", "chỉ nhận"),
        ({"results": [{"name": ""}]}, "results.1.name", "trống"),
    ],
)
def test_each_fault_has_its_place(change, place, words):
    with pytest.raises(rules.ContentFaulty) as refused:
        Content.read(BIRTH | change)
    faults = {fault.place: str(fault.said) for fault in refused.value.faults}
    assert words in faults[place]


def test_all_faults_are_told_at_once():
    with pytest.raises(rules.ContentFaulty) as refused:
        Content.read({"name": "", "field": "", "limit": "x"})
    assert len(refused.value.faults) == 3
    assert "name" in str(refused.value)


@pytest.mark.parametrize(
    ("value", "flag"), [("có", True), ("Không", False), (1.0, True), (False, False), ("", True)]
)
def test_flags_as_people_type_them(value, flag):
    assert Content.read(BIRTH | {"at_desk": value}).at_desk is flag


def test_amounts_as_people_type_them():
    content = Content.read(
        BIRTH | {"fees": [{"name": "a", "amount": "10.000", "verified": "không"}]}
    )
    assert (content.fees[0].amount, content.fees[0].verified) == (10_000, False)
    assert Content.read(content.as_mapping()) == content


def test_the_difference_of_two_versions_can_be_read():
    before = Content.read(BIRTH)
    after = Content.read(
        BIRTH
        | {"limit": "1 ngày làm việc", "online_limit": "", "at_desk": "không",
           "papers": BIRTH["papers"][:1], "fees": []}
    )  # fmt: skip
    changes = {change.part: change for change in rules.changes_between(before, after)}
    assert set(changes) == {"limit", "online_limit", "at_desk", "papers", "fees"}
    assert changes["online_limit"].after == ()
    assert changes["at_desk"].after == ("không",)
    assert changes["papers"].before == (
        "Giấy chứng sinh (1 bản chính)",
        "Văn bản ủy quyền (1 bản chính; Khi ủy quyền; M1)",
    )
    assert changes["fees"].before == ("Lệ phí: 0 đồng; miễn: đúng hạn, hộ nghèo",)
    assert changes["fees"].word == "Phí, lệ phí"


def test_every_part_has_a_word_and_lines():
    content = Content(
        name="a", field="b", papers=(Paper("c"),), results=(Result("d"), Result("e", "KQ")),
        fees=(SIGNATURE,), steps=(PostStep("f", "g", 100),), online=OnlineLevel.FULL,
    )  # fmt: skip
    assert list(PART_WORDS) == [name for name in content.__dataclass_fields__ if name in PART_WORDS]
    assert set(PART_WORDS) == set(content.__dataclass_fields__)
    assert lines_of(content, "papers") == ("c",)
    assert lines_of(content, "results") == ("d", "e (KQ)")
    assert lines_of(content, "steps") == ("f – g – 100%",)
    assert lines_of(content, "fees") == ("Chứng thực chữ ký: 10.000 đồng/trường hợp",)
    assert lines_of(content, "online") == ("Toàn trình",)
    assert lines_of(content, "notes") == ()


# --- publication, reviews -------------------------------------------------------------------------


def test_a_published_version_is_not_edited():
    assert not rules.VERSION_STEPS.can("edit_version", "published")
    assert rules.VERSION_STEPS.dead_ends == {"withdrawn", "discarded"}
    assert not rules.VERSION_STEPS.unreachable


def test_the_plan_goes_out_before_the_last_of_january():
    assert rules.plan_deadline(2025) + timedelta(days=1) == date(2025, 1, 31)


BEFORE = ComplianceCost(
    {
        Component.PREPARE: CostLine(Decimal("8.5"), 20_000),
        Component.SUBMIT: CostLine(Decimal(4), 124_000),
        Component.FEE: CostLine(paid=8000),
    },
    hourly_pay=69_760,
    subjects=3228,
)
AFTER = ComplianceCost({Component.FEE: CostLine(paid=231_000)}, subjects=3228)


def test_the_published_example_of_a_simplification():
    """2.000635 in Hà Nội: 1,024,000 to 231,000 đồng, 77.44 %, 3,228 subjects a year."""
    assert (BEFORE.per_case, AFTER.per_case) == (1_024_000, 231_000)
    assert (BEFORE.per_year, AFTER.per_year) == (3_305_472_000, 745_668_000)
    saved = rules.saving(BEFORE, AFTER)
    assert (saved.per_case, saved.percent) == (793_000, Decimal("77.44"))
    assert saved.per_year == 2_559_804_000


def test_costs_are_read_and_written_by_component():
    assert ComplianceCost.read(BEFORE.as_mapping()) == BEFORE
    assert [BEFORE.component(one) for one in (Component.SUBMIT, Component.MEET)] == [403_040, 0]


def test_what_cost_nothing_saves_no_share():
    assert rules.saving(ComplianceCost(), ComplianceCost()).percent is None


@pytest.mark.parametrize(
    "change", [{"subjects": -1}, {"hourly_pay": "x"}, {"times": "1.5"},
               {"lines": {"fee": {"paid": "NaN"}}}]
)  # fmt: skip
def test_costs_count_from_zero_up(change):
    with pytest.raises(rules.CostWrong):
        ComplianceCost.read(BEFORE.as_mapping() | change)
