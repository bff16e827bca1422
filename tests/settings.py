"""The product's settings, with a home and keys of the tests' own and no collected static files."""

import os
import tempfile
from datetime import date
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="motcua-test-"))
os.environ["MOTCUA_HOME"] = str(_home)
os.environ["MOTCUA_DEMO"] = "1"
# A file of each run's own: two runs at once do not share a database.
os.environ["MOTCUA_TEST_DB"] = f"/dev/shm/motcua_test_{os.getpid()}.sqlite3"  # noqa: S108 # in memory: tests sync a lot
for _variable in ("MOTCUA_TODAY", "MOTCUA_SMTP", "MOTCUA_EMBED_WORKER"):
    os.environ.pop(_variable, None)

from motcua.site.keys import make_keys  # after the environment is set

make_keys(_home)
(_home / "static").mkdir()

from motcua.site.settings import *  # noqa: F403 # likewise; a settings file is a namespace

STORAGES = STORAGES | {  # noqa: F405 # from the line above
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}

#: The day that pages take for today: the tests' organisation exists then.
TODAY = date(2024, 3, 1)
