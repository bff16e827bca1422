"""A receipt's proof: what the small program accepts, and what it catches."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from motcua.audit.actions import close_day
from motcua.dossiers.actions import ON_DOSSIER
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import STEPS
from tests.dossiers import scenes
from tests.dossiers.scenes import at

PROGRAM = Path(__file__).resolve().parents[2] / "tools" / "verify_receipt.py"


@pytest.fixture
def dossier(org: SimpleNamespace) -> Dossier:
    """Received and forwarded on Monday, which is closed; a supplement asked on Tuesday."""
    found = scenes.processing(org)
    close_day(chain=org.commune.code, day=date(2024, 3, 4), at=at(5, 0, 5))
    return ON_DOSSIER["ask_supplement"](dossier=found, text="Bản chính", by=org.tuphap, at=at(5))


@pytest.fixture
def files(
    dossier: Dossier, org: SimpleNamespace, signed_in: Any, tmp_path: Path
) -> dict[str, Path]:
    """The proof and the roots, as they are downloaded."""
    client: Client = signed_in(org.motcua)
    found = {}
    for name, address in {
        "proof": reverse("dossiers:proof", args=[dossier.pk]),
        "roots": reverse("audit:roots_file"),
    }.items():
        found[name] = tmp_path / f"{name}.json"
        found[name].write_bytes(client.get(address).content)
    return found


def run(*paths: Path | str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", PROGRAM, *paths], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


def test_the_program_accepts_what_was_published(files: dict[str, Path]) -> None:
    code, said = run(files["proof"], files["roots"])
    assert code == 3  # a day is not closed yet
    assert said.startswith("Hồ sơ 15997-240304-0001, hẹn trả 17:00:00 ")
    assert "09:00:00 04/03/2024  Tiếp nhận hồ sơ: đúng, nằm trong gốc đã công bố" in said
    assert "05/03/2024  Yêu cầu bổ sung: đúng với mã băm; ngày này chưa khóa" in said
    assert "2 trong 3 sự kiện chưa từng bị sửa" in said
    assert "1 sự kiện CHƯA chứng minh được" in said
    code, said = run(files["proof"])
    assert code == 3
    assert "CHƯA chứng minh được gì về 3 sự kiện" in said


def test_the_program_proves_what_is_closed(
    dossier: Dossier, org: SimpleNamespace, files: dict[str, Path]
) -> None:
    proof = json.loads(files["proof"].read_text())
    proof["entries"] = [one for one in proof["entries"] if "root" in one]
    files["proof"].write_text(json.dumps(proof))
    code, said = run(files["proof"], files["roots"])
    assert code == 0
    assert "2 sự kiện với ngày giờ của chúng chưa từng bị sửa" in said


def test_an_event_that_is_not_closed_proves_nothing(files: dict[str, Path]) -> None:
    """Its hash can be made anew by whoever changes it."""
    proof = json.loads(files["proof"].read_text())
    proof["entries"] = [one for one in proof["entries"] if "root" not in one]
    files["proof"].write_text(json.dumps(proof))
    code, said = run(files["proof"], files["roots"])
    assert code == 3
    assert "CHƯA chứng minh được gì về 1 sự kiện" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda entry: entry.update(at="2024-03-03T02:00:00.000000Z"), "không khớp với mã băm"),
        (lambda entry: entry.update(path=[entry["root"]] * len(entry["path"])), "không nằm trong"),
        (lambda entry: entry.update(root="00" * 32), "không nằm trong gốc"),
        (lambda entry: entry.update(chain="1"), "không khớp"),
    ],
)
def test_the_program_catches_a_change(files: dict[str, Path], change: Any, said: str) -> None:
    proof = json.loads(files["proof"].read_text())
    change(proof["entries"][0])
    files["proof"].write_text(json.dumps(proof))
    code, printed = run(files["proof"], files["roots"])
    assert code == 1
    assert said in printed
    assert "KẾT LUẬN: có nội dung đã bị sửa" in printed


def test_the_program_catches_another_root(files: dict[str, Path]) -> None:
    roots = json.loads(files["roots"].read_text())
    roots["roots"][0]["root"] = "00" * 32
    files["roots"].write_text(json.dumps(roots))
    code, printed = run(files["proof"], files["roots"])
    assert code == 1
    assert "khác với gốc đã công bố" in printed
    roots["roots"] = [row | {"day": "2024-01-01"} for row in roots["roots"]]
    files["roots"].write_text(json.dumps(roots))
    assert "chưa có gốc được công bố" in run(files["proof"], files["roots"])[1]


def test_the_program_says_what_it_cannot_read(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"format": "other"}')
    assert run(broken)[0] == 2
    assert run(tmp_path / "absent.json")[0] == 2
    assert "PROOF.json" in run()[1]
    assert "PROOF.json" in run("--help")[1]
    assert "không phải là tệp chứng minh" in run(broken)[1]
    broken.write_text('{"format": "motcua-proof/1", "entries": []}')
    assert run(broken) == (1, "Tệp không có sự kiện nào.\n")


def test_the_program_calls_the_steps_as_the_product_does() -> None:
    told = runpy.run_path(str(PROGRAM))["WORDS"]
    assert {name: told[name] for name in told if name in {step.name for step in STEPS}} == {
        step.name: step.label for step in STEPS
    }


def test_the_roots_are_public_and_the_proof_is_not(
    dossier: Dossier, org: SimpleNamespace, client: Client, signed_in: Any
) -> None:
    assert "04/03/2024" in client.get(reverse("audit:roots")).content.decode()
    address = reverse("dossiers:proof", args=[dossier.pk])
    assert client.get(address).status_code == 302
    assert signed_in(org.hoangngoc).get(address).status_code == 404


def test_without_a_closed_day_there_is_nothing_to_publish(db: None, client: Client) -> None:
    assert "Chưa có ngày nào" in client.get(reverse("audit:roots")).content.decode()
