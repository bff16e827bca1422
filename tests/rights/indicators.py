"""Indicators, the rows behind them, the targets that read them."""

from tests.rights.rows import Row
from tests.rights.world import COMMUNE

SEES = {"sees": "indicators.view"}
HERE = {"query": f"agency={COMMUNE}", **SEES}
SPAN = f"agency={COMMUNE}&since=2024-03-01&until=2024-03-18"
ROWS_OF = {"query": SPAN, "needs": "dossiers.view", **SEES}
CODE = "dossiers.received"
TARGET = {"args": lambda w: [w.target_read.pk], "sees": "planning.view"}
WRITE = TARGET | {"needs": "planning.measure"}
PK = {"args": lambda w: {"pk": w.target_read.pk}, "sees": "planning.view"}
TYPED = {"counts": [9, 10], "evidence": "Sổ đánh giá"}
OPERATIONS = [
    Row("/measures", needs="indicators.view", home=True, hides=True),
    Row("/measures/{code}/rows", args={"code": CODE}, **ROWS_OF),
    Row("/indicators", **HERE),
    Row("/index-766", **HERE),
    Row("/indicators/{code}", args={"code": "on_time"}, **HERE),
    Row("/index-766/by/{kind}", args={"kind": "field"}, **HERE),
    Row("/indicators/{code}/by/{kind}", args={"code": "on_time", "kind": "procedure"}, **HERE),
    Row("/posts", **HERE),
    Row("/comparison", **HERE),
    Row("/indicators/{code}/forecast", args={"code": "on_time"}, **HERE),
    Row(
        "/indicators/{code}/forecast",
        args={"code": "on_time"},
        query=f"agency={COMMUNE}&by=2024-03-22&dossier=1",
        needs="dossiers.view",
        **SEES,
    ),
    Row(
        "/indicators/{code}/counts",
        "POST",
        args={"code": "satisfied"},
        sent={"agency": COMMUNE, "period": "2024-02"} | TYPED,
        needs="planning.measure",
        **SEES,
    ),
    Row("/targets/{pk}/indicator", **PK),
    Row(
        "/targets/{pk}/indicator",
        "POST",
        sent={"indicator": "tasks_on_time"},
        needs="planning.measure",
        **PK,
    ),
    Row("/targets/{pk}/indicator", "DELETE", needs="planning.measure", **PK),
]
ROWS = [
    Row("indicators:indicators", **HERE),
    Row("indicators:index", **HERE),
    Row("indicators:indicator", args=["on_time"], **HERE),
    Row(
        "indicators:indicator",
        "POST",
        args=["satisfied"],
        sent={"count0": "9", "count1": "10", "evidence": "Sổ đánh giá"},
        needs="planning.measure",
        **HERE,
    ),
    Row("indicators:divided", args=["on_time", "procedure"], **HERE),
    Row("indicators:posts", **HERE),
    Row("indicators:compare", **HERE),
    Row("indicators:forecast", args=["on_time"], **HERE),
    Row("indicators:rows", args=[CODE], **ROWS_OF),
    Row("indicators:target", **TARGET),
    Row("indicators:connect", "POST", sent={"indicator": "tasks_on_time"}, **WRITE),
    Row("indicators:disconnect", "POST", **WRITE),
    *OPERATIONS,
]
