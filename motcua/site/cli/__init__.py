"""The command ``motcua``: start, import, report, verify, back up. ``motcua --help`` teaches."""

from motcua.site.cli.main import main

__all__ = ["main"]
