"""Definitions, values, proposals: tables of cases."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from motcua.core.measures import measures
from motcua.indicators.packs import fitting_rules, groups, indicators
from motcua.indicators.rules import (
    Better,
    Formula,
    Known,
    PackInvalid,
    Standing,
    Value,
    evaluate,
    proposals,
    read_indicators,
    stand,
)

RATIO = {
    "valid_from": date(2024, 1, 1),
    "name": "Đúng hạn",
    "words": "…",
    "formula": "ratio",
    "top": "t.top",
    "bottom": "t.bottom",
    "unit": "%",
    "better": "up",
    "goal": 98,
    "warn": 95,
    "source": "…",
}
COUNT = {**RATIO, "formula": "count", "bottom": "", "better": "down", "goal": 0, "warn": 2}


def defined(**changes):
    (one,) = read_indicators([{"code": "x", "group": "g", "versions": [RATIO | changes]}])
    return one.versions[0]


@pytest.mark.parametrize(
    ("formula", "top", "bottom", "amount", "known"),
    [
        ("ratio", 49, 50, "98.00", Known.VALUE),
        ("ratio", 2, 3, "66.67", Known.VALUE),
        ("ratio", 0, 7, "0.00", Known.VALUE),
        ("ratio", 1, 2000, "0.05", Known.VALUE),
        ("ratio", 0, 0, None, Known.NOTHING),
        ("ratio", None, 7, None, Known.UNKNOWN),
        ("ratio", 7, None, None, Known.UNKNOWN),
        ("mean", 480, 4, "2.00", Known.VALUE),
        ("mean", 0, 0, None, Known.NOTHING),
    ],
)
def test_a_value_is_made_of_its_measures(formula, top, bottom, amount, known):
    value = evaluate(defined(formula=formula, per=60 if formula == "mean" else 1), top, bottom)
    assert (value.amount, value.known) == (None if amount is None else Decimal(amount), known)


@pytest.mark.parametrize(("top", "amount"), [(0, 0), (7, 7), (None, None)])
def test_a_count_is_its_measure(top, amount):
    assert evaluate(defined(**COUNT), top, None).amount == amount


@pytest.mark.parametrize(
    ("changes", "top", "bottom", "standing"),
    [
        ({}, 98, 100, Standing.REACHED),
        ({}, 97996, 100000, Standing.NEAR),  # shown as 98 %
        ({}, 95, 100, Standing.NEAR),
        ({}, 94, 100, Standing.MISSED),
        ({"warn": None}, 97, 100, Standing.MISSED),
        ({"goal": None}, 97, 100, Standing.OPEN),
        ({"better": "neither"}, 97, 100, Standing.OPEN),
        ({}, 0, 0, Standing.OPEN),
        (COUNT, 0, None, Standing.REACHED),
        (COUNT, 2, None, Standing.NEAR),
        (COUNT, 3, None, Standing.MISSED),
    ],
)
def test_a_value_stands_against_its_goal(changes, top, bottom, standing):
    definition = defined(**changes)
    assert stand(definition, evaluate(definition, top, bottom)) is standing


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([{"code": "", "group": "g"}], "mã trống"),
        ([{"code": "x", "group": "g", "versions": [RATIO]}] * 2, "trùng"),
        ([{"code": "x", "group": "g", "versions": []}], "không có bản"),
        ([{"code": "x", "group": "g", "versions": [RATIO | {"formula": "guess"}]}], "guess"),
        ([{"code": "x", "group": "g", "versions": [{"valid_from": date(2024, 1, 1)}]}], "name"),
        ([{"code": "x", "group": "g", "versions": [RATIO | {"bottom": ""}]}], "tử số"),
        ([{"code": "x", "group": "g", "versions": [RATIO | {"formula": "count"}]}], "tử số"),
        (
            [{"code": "x", "group": "g", "versions": [RATIO | {"goal": "nhiều"}]}],
            "ConversionSyntax",
        ),
        ([{"code": "x", "group": "g", "versions": [RATIO, RATIO]}], "nối tiếp"),
        (
            [
                {
                    "code": "x",
                    "group": "g",
                    "versions": [
                        RATIO | {"valid_to": date(2024, 6, 30)},
                        RATIO | {"valid_from": date(2024, 7, 2)},
                    ],
                }
            ],
            "nối tiếp",
        ),
    ],
)
def test_a_faulty_pack_is_refused(rows, fault):
    with pytest.raises(PackInvalid, match=fault):
        read_indicators(rows)


OLD = RATIO | {"valid_to": date(2024, 6, 30), "name": "cũ"}
NEW = RATIO | {"valid_from": date(2024, 7, 1), "name": "mới"}


@pytest.mark.parametrize(
    ("since", "until", "spans"),
    [
        ((1, 1), (3, 31), [("cũ", (1, 1), (3, 31))]),
        ((1, 1), (6, 30), [("cũ", (1, 1), (6, 30))]),
        ((6, 1), (7, 31), [("cũ", (6, 1), (6, 30)), ("mới", (7, 1), (7, 31))]),
        ((7, 1), (12, 31), [("mới", (7, 1), (12, 31))]),
    ],
)
def test_a_definition_that_changed_is_cut_at_its_day(since, until, spans):
    (one,) = read_indicators([{"code": "x", "group": "g", "versions": [OLD, NEW]}])
    found = list(one.spans(date(2024, *since), date(2024, *until)))
    assert [(v.name, a, b) for v, a, b in found] == [
        (name, date(2024, *a), date(2024, *b)) for name, a, b in spans
    ]


def test_before_its_first_version_an_indicator_is_its_first():
    (one,) = read_indicators([{"code": "x", "group": "g", "versions": [OLD, NEW]}])
    assert one.on(date(2020, 1, 1)).name == "cũ"
    assert [v.name for v, *_days in one.spans(date(2023, 1, 1), date(2023, 12, 31))] == ["cũ"]


def test_a_value_of_parts_that_are_not_there_has_no_standing():
    unknown = Value(None, None, 5, Known.UNKNOWN)
    assert (
        stand(replace(defined(), formula=Formula.MEAN, better=Better.DOWN), unknown)
        is Standing.OPEN
    )


# --- the pack -------------------------------------------------------------------------------------


def test_the_pack_names_measures_that_somebody_declared():
    known, posts = measures(), {"office", "one_stop", "justice", "finance", "land", "culture"}
    for one in indicators().values():
        assert one.group in groups()
        for version in one.versions:
            assert set(version.measures) <= set(known), one.code
            assert version.owner in posts, one.code
            assert version.source, one.code
            assert version.words, one.code
            assert version.unverified <= {"goal", "warn", "bottom"}, one.code


def test_the_rules_of_fitting_name_indicators():
    assert {rule.indicator for rule in fitting_rules()} <= set(indicators())


#: Sentences of the real plan of 2024 → the indicator that is proposed first.
PLAN = {
    "văn bản quy phạm pháp luật (QPPL) của Trung ương": "legal_implemented",
    "phát hiện sai phạm qua kiểm tra": "legal_faults_handled",
    "kiến nghị xử lý sau rà soát": "legal_reviewed_handled",
    "đủ điều kiện theo quy định của pháp luật": "full_online",
    "TTHC nội bộ thuộc phạm vi quản lý": "internal_reviewed",
    "các thông tin ngân sách": "budget_disclosed",
    "từ 98% trở lên": "on_time",
    "toàn trình, trực tuyến một phần": "received_online",
    "đồng thời cả bản điện tử": "results_electronic",
    "theo dõi trạng thái xử lý": "followed",
    "TCVN ISO 9001:2015 trong hoạt động": "quality_kept",
}


@pytest.mark.django_db
def test_the_real_plan_is_understood(org):
    from tests.scenes import run_plan

    text = (settings.PACKS / "demo" / "plan-hoang-dong-2024.txt").read_text()
    targets = run_plan(org, text).plan.targets.order_by("item__position")
    for target in targets:
        fits = [fit.indicator for fit in proposals(target.text, target.unit, fitting_rules())]
        wanted = [code for words, code in PLAN.items() if words in target.text]
        assert fits[:1] == wanted[:1], target.text
    assert sum(bool(target.unit) for target in targets) == len(PLAN)


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("Giải quyết 95% hồ sơ trước hạn", "on_time"),
        ("100% văn bản được ban hành đúng hạn", None),
        ("90% nhiệm vụ được giao hoàn thành đúng hạn", "tasks_on_time"),
        ("30% hồ sơ thanh toán trực tuyến", "paid_online"),
        ("Trên 90% người dân hài lòng", "satisfied"),
        ("80% hồ sơ được số hoá", "digitised"),
        ("100% quy chế chi tiêu nội bộ được rà soát", None),
        ("Trồng 200 cây xanh", None),
    ],
)
def test_other_sentences(sentence, first):
    fits = [fit.indicator for fit in proposals(sentence, "%", fitting_rules())]
    assert fits[:1] == ([first] if first else [])


def test_a_proposal_names_the_words_that_speak_for_it():
    (fit,) = proposals("Duy trì tỷ lệ GIẢI QUYẾT đúng hạn trên 98%", "%", fitting_rules())
    assert fit.said == ("giải quyết", "đúng hạn")


def test_a_target_without_a_number_has_no_proposal():
    assert proposals("Giải quyết hồ sơ đúng hạn", "", fitting_rules()) == []
