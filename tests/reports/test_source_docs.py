"""``docs/reference/report-sources.md`` names every figure of the outlines and who tells it."""

from pathlib import Path

from motcua.core.figures import sources
from motcua.reports.outline import outline_named
from motcua.reports.sources import OWN_KEYS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "report-sources.md"
HEAD = """# Sources of the report's figures

Written by `python -m pytest tests/reports/test_source_docs.py --update-docs`; a test holds it.

An app that keeps countable records tells their numbers by registering a source
(`motcua/core/figures.py`) in its `AppConfig.ready`:

```python
from motcua.core.figures import Figure, Row, Source, register

def read(agency: int, since: date, on: date) -> Iterable[Figure]:
    rows = …  # the records as they stood at the end of `on`
    yield Figure("dossier.received", "Hồ sơ tiếp nhận", "hồ sơ", str(len(rows)), tuple(rows))

class DossiersConfig(AppConfig):
    def ready(self) -> None:
        register(Source("dossiers", frozenset({"dossier.received"}), read))
```

`rows` are the records behind the number in plain words (`Row`): they are frozen with the report
and open from it. A figure that is not told is "chưa có dữ liệu", never 0. The same figure of the
same period last year comes from that period's approved report, else from the records.

| key | figure | unit | asked in | told by |
|---|---|---|---|---|
"""


def page():
    outline = outline_named("cchc-2024")
    asked = [(spec, section.code) for section in outline.sections for spec in section.figures]
    asked += [
        (row.figure, f"annex {table.code}")
        for table in outline.annex
        for row in table.rows
        if row.figure.key
    ]
    told = dict.fromkeys(OWN_KEYS, "plan and steering documents")
    told |= {key: source.name for source in sources() for key in source.keys}
    places, names = {}, {}
    for spec, place in asked:
        places.setdefault(spec.key, []).append(place)
        names.setdefault(spec.key, spec)
    lines = [
        f"| `{key}` | {names[key].label} | {names[key].unit} | {', '.join(where)} "
        f"| {told.get(key, '—')} |"
        for key, where in places.items()
    ]
    return HEAD + "\n".join(lines) + "\n"


def test_the_page_names_every_figure(pytestconfig):
    if pytestconfig.getoption("--update-docs"):
        PAGE.write_text(page())
    assert PAGE.read_text() == page()
