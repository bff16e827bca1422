"""The English catalogue is complete: every message of the sources is translated, none is fuzzy.

``python tools/check_catalogue.py --update`` collects new messages into the catalogue first.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "motcua/locale/en/LC_MESSAGES/django.po"


def collect(target: Path) -> polib.POFile:
    """All messages of the sources, merged over the catalogue, without writing it."""
    environment = os.environ | {"MOTCUA_HOME": tempfile.mkdtemp()}
    subprocess.run([sys.executable, "-m", "motcua.site.cli", "init"], env=environment, check=True)
    before = CATALOGUE.read_bytes()
    try:
        subprocess.run(
            [
                sys.executable,
                "../manage.py",
                "makemessages",
                "-l",
                "en",
                "--no-location",
                "-v",
                "0",
            ],
            cwd=ROOT / "motcua",
            env=environment,
            check=True,
        )
        target.write_bytes(CATALOGUE.read_bytes())
    finally:
        CATALOGUE.write_bytes(before)
    return polib.pofile(str(target))


def main() -> int:
    """Exit 1 with the messages that lack their English."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = collect(Path(folder) / "django.po")
        if "--update" in sys.argv:
            for entry in [e for e in fresh if e.obsolete]:
                fresh.remove(entry)
            fresh.save(str(CATALOGUE))
            fresh.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    wrong = [e for e in fresh if not e.obsolete and (not e.translated() or "fuzzy" in e.flags)]
    for entry in wrong[:60]:
        sys.stdout.write(f"not in English: {entry.msgid}\n")
    known = polib.pofile(str(CATALOGUE))
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    stale = {e.msgid: e.msgstr for e in known.translated_entries() if not e.msgid_plural} != {
        e.msgid: e.msgstr for e in compiled if not e.msgid_plural and e.msgid
    }
    if stale:
        sys.stdout.write("django.mo is not compiled from django.po: run with --update\n")
    sys.stdout.write(f"{len(fresh)} messages, {len(wrong)} without English\n")
    return 1 if wrong or stale else 0


if __name__ == "__main__":
    sys.exit(main())
