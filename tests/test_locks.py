"""The locked files hold what ``pyproject.toml`` asks for, and one version of each."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PRODUCT = PROJECT["project"]["dependencies"]
DEVELOPMENT = PROJECT["dependency-groups"]["dev"]


def pinned(lock):
    """Each package of a lock file with the versions that it pins, by name."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE)
    return {name.lower(): {v for n, v in found if n == name} for name, _ in found}


def name_of(requirement):
    """The package that a requirement asks for, as lock files spell it."""
    return re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower().replace("_", "-")


@pytest.mark.parametrize(
    ("lock", "requirements"),
    [("requirements.txt", PRODUCT), ("requirements-dev.txt", PRODUCT + DEVELOPMENT)],
)
def test_every_dependency_is_locked(lock, requirements):
    assert {name_of(one) for one in requirements} - set(pinned(lock)) == set()


def test_the_tests_run_on_the_versions_that_the_product_runs_on():
    tests = pinned("requirements-dev.txt")
    assert {name: tests.get(name) for name in pinned("requirements.txt")} == pinned(
        "requirements.txt"
    )


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_lock_files_name_no_place(lock):
    text = (ROOT / lock).read_text()
    assert not re.search(r"https?:|file:|--index|--find-links", text)


def test_the_locked_versions_agree_with_each_other():
    """The installer resolves nothing, so what one package asks of another is checked here."""
    said = subprocess.run(
        [sys.executable, "-m", "pip", "check", "--disable-pip-version-check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stdout
