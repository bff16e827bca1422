"""The commands on rollups, as people run them."""

import json

from motcua.db.sqlite import base as _engine
from tests.site.test_restore import motcua


def test_rollups_are_made_compared_and_mended(tmp_path):
    home = tmp_path / "one"
    assert motcua(home, "demo").returncode == 0
    before = json.loads(motcua(home, "rollup", "check", "--json").stdout)
    assert (before["stands"], before["cells"]) == (False, 0)
    assert before["waiting"] > 0  # all of it was written since
    made = motcua(home, "rollup", "rebuild")
    assert made.returncode == 0, made.stderr
    assert "agencies" in made.stdout
    checked = motcua(home, "rollup", "check", "--json")
    assert checked.returncode == 0, checked.stderr
    told = json.loads(checked.stdout)
    assert (told["stands"], told["different"], told["waiting"]) == (True, 0, 0)
    assert told["cells"] > 0
    tampered = _engine.django_sqlite.Database.connect(home / "motcua.db")
    with tampered:
        tampered.execute("UPDATE dossiers_cell SET late = late + 1 WHERE id = 1")
    tampered.close()
    found = motcua(home, "rollup", "check", "--workers", "0")
    assert found.returncode == 1
    assert "DIFFERENT" in found.stdout
    assert "late: stored" in found.stdout
    code = json.loads(motcua(home, "rollup", "check", "--json").stdout)["first"][0]["agency"]
    assert motcua(home, "rollup", "rebuild", "--agency", code).returncode == 0
    assert motcua(home, "rollup", "check", "--agency", code).returncode == 0
    assert motcua(home, "rollup", "check", "--agency", "không").returncode == 2
