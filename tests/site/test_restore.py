"""A backup made of one installation comes back in another, by the commands that people use."""

import os
import subprocess
import sys


def motcua(home, *words):
    """Run one command as a person does, on SQLite, with a home of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA_", "DATABASE"))}
    environment |= {"MOTCUA_HOME": str(home), "MOTCUA_DEMO": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "motcua.site.cli", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_backup_comes_back_on_a_fresh_installation(tmp_path):
    first, second, archive = tmp_path / "one", tmp_path / "two", str(tmp_path / "b.zip")
    assert motcua(first, "demo").returncode == 0
    assert motcua(first, "backup", archive).returncode == 0
    restored = motcua(second, "restore", archive)
    assert restored.returncode == 0, restored.stderr
    here, there = motcua(first, "verify"), motcua(second, "verify")
    assert here.stdout == there.stdout
    assert "0 broken" in there.stdout
    files = [sorted(p.name for p in (home / "files").glob("*/*")) for home in (first, second)]
    assert files[0] == files[1] != []
    assert motcua(second, "restore", archive).returncode == 2
