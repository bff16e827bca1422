"""A forecast in words, for each way in which it can end."""

from datetime import date
from decimal import Decimal

import pytest

from motcua.core.measures import Scope
from motcua.indicators import packs, words
from motcua.indicators.queries.forecast import Outcome
from motcua.indicators.queries.values import Reading
from motcua.indicators.rules import Better, evaluate
from motcua.indicators.rules.forecast import Fate, Forecast, Goal, Stage

YEAR = Scope((1,), date(2024, 1, 1), date(2024, 12, 31), date(2024, 9, 30))
END = Stage(date(2024, 12, 31), Decimal("97.5"), Decimal(96), Decimal("98.50"))


def told(
    fate, *, code="on_time", parts=(980, 1000), goal=98, better=Better.UP, strict=False, **more
):
    said = {"affordable": 3, "certain": 0, "breaks_on": None, "chance": 40, "deciders": ()} | more
    forecast = Forecast(fate=fate, end=END, course=(), whole=1300, bad=Decimal(32), **said)
    definition = packs.indicators()[code].on(YEAR.end)
    parts = parts if definition.bottom else (parts[0], None)
    reading = Reading(definition, YEAR, evaluate(definition, *parts))
    aim = None if goal is None else Goal(Decimal(goal), better, strict)
    return Outcome(reading, forecast, aim, (), (), judged=code == "on_time")


CASES = {
    "safe": (told(Fate.SAFE), "Chỉ tiêu 98% chắc chắn đạt đến ngày 31/12/2024."),
    "keeps": (
        told(Fate.KEEPS),
        "Với đà này, đến ngày 31/12/2024 được 97,5%, đạt chỉ tiêu 98%; còn 3 hồ sơ được phép trễ.",
    ),
    "breaks": (
        told(Fate.BREAKS, breaks_on=date(2024, 11, 12), deciders=tuple(range(7))),
        "Với đà này, chỉ tiêu 98% sẽ vỡ ngày 12/11/2024; còn 3 hồ sơ được phép trễ; "
        "7 hồ sơ này quyết định.",
    ),
    "breaks for certain": (
        told(Fate.BREAKS, breaks_on=date(2024, 11, 12), affordable=-2, deciders=(1,)),
        "Với đà này, chỉ tiêu 98% sẽ vỡ ngày 12/11/2024; đã vượt 2 hồ sơ so với mức được phép trễ.",
    ),
    "misses": (
        told(Fate.MISSES, deciders=(1, 2)),
        "Hiện chưa đạt chỉ tiêu 98%, với đà này đến ngày 31/12/2024 được 97,5%; "
        "muốn đạt lại, từ nay chỉ được thêm 3 hồ sơ trễ; 2 hồ sơ này quyết định.",
    ),
    "misses, hardly to be saved": (
        told(Fate.MISSES, affordable=-4, deciders=(1, 2)),
        "Hiện chưa đạt chỉ tiêu 98%, với đà này đến ngày 31/12/2024 được 97,5%; "
        "dù từ nay không thêm hồ sơ nào trễ thì vẫn thừa 4 hồ sơ trễ.",
    ),
    "a share of another kind": (
        told(Fate.MISSES, code="received_online", goal=50),
        "Hiện chưa đạt chỉ tiêu 50%, với đà này đến ngày 31/12/2024 được 97,5%; "
        "muốn đạt lại, từ nay chỉ được thêm 3 hồ sơ không đạt.",
    ),
    "lost": (  # 20 and 6 of 1,300
        told(Fate.LOST, certain=6),
        "Chỉ tiêu 98% không còn đạt được trong kỳ: tốt nhất cũng chỉ được 98%.",
    ),
    "thin": (
        told(Fate.THIN),
        "Dữ liệu còn mỏng (dưới 50 hồ sơ trong nửa năm): đến ngày 31/12/2024 từ 96% đến 98,5%, "
        "chưa đoán được ngày.",
    ),
    "without a goal": (
        told(Fate.OPEN, goal=None),
        "Với đà này, đến ngày 31/12/2024 được 97,5%.",
    ),
    "a count that must not grow": (
        told(Fate.LOST, code="settled_late", parts=(9,), goal=5, better=Better.DOWN),
        "Chỉ tiêu ≤ 5\u00a0hồ sơ không còn đạt được trong kỳ.",
    ),
    "a count that must grow": (
        told(Fate.MISSES, code="dossiers_received", parts=(9,), goal=100, strict=True),
        "Với đà này, đến ngày 31/12/2024 được 97,5\u00a0hồ sơ, chưa đạt chỉ tiêu > 100\u00a0hồ sơ.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_sentence_says_what_will_be(name):
    outcome, sentence = CASES[name]
    assert words.sentence_of(outcome) == sentence


def test_signs_of_goals():
    assert words.goal_words(None, "%") == ""
    assert words.goal_words(Goal(Decimal(5), Better.DOWN, strict=True), "%") == "< 5%"
    assert (words.room_words(3), words.room_words(-3)) == ("3", "vượt 3")
