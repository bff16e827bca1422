"""Commands and their options; each is one function in a module beside this one."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

EPILOG = """\
Examples:
  motcua serve                                        start on http://127.0.0.1:8000
  motcua plan import plan.docx --dry-run --json       read a plan, change nothing
  motcua plan import new.docx --amends --reason "…"   a new version of the plan in force
  motcua report make periodic --period 2024-Q1 --format pdf --out report.pdf
  motcua verify                                       walk the hash chains
  motcua backup /media/usb/motcua-2024-09-30.zip      while in use, files included

Data lies in MOTCUA_HOME (default: var/ beside the program). DATABASE_URL chooses PostgreSQL.
Exit codes: 0 done, 1 found something wrong, 2 refused (the sentence says why).
"""


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = argparse.ArgumentParser(
        prog="motcua",
        description="Một Cửa: a commune's reform plan, from its text to the signed report.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, run: str, text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    add("init", "setup:init", "Make the keys, the database and the static files; safe to repeat.")
    serve = add("serve", "setup:serve", "Start the web server and the background worker.")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
    serve.add_argument("--workers", type=int, default=1, help="web processes (%(default)s)")
    serve.add_argument("--threads", type=int, default=4, help="threads of each (%(default)s)")
    serve.add_argument("--no-worker", action="store_true", help="run `motcua worker` elsewhere")
    add("worker", "setup:worker", "Run a background worker of its own.")
    demo = add("demo", "data:demo", "Load the demo commune with a year of simulated progress.")
    demo.add_argument("--today", default="2024-09-30", help="the demo's today (%(default)s)")
    admin = add("admin", "data:admin", "Make an administrator and print a one-time log-in link.")
    admin.add_argument("username", help="log-in name")
    admin.add_argument("--name", default="Quản trị hệ thống", help="full name")
    admin.add_argument("--email", default="", help="address for messages")

    plan = commands.add_parser("plan", help="Plans.").add_subparsers(required=True, metavar="WHAT")
    read = plan.add_parser("import", help="Read a plan (TXT, DOCX, PDF) and store it as a draft.")
    read.set_defaults(run="data:plan_import", command="plan import")
    read.add_argument("file", type=Path)
    read.add_argument("--dry-run", action="store_true", help="read only, change nothing")
    read.add_argument("--json", action="store_true", help="print the reading as JSON")
    read.add_argument("--agency", default="", help="code of the agency (default: the only one)")
    read.add_argument("--by", default="", help="log-in name of who imports")
    read.add_argument("--year", type=int, help="year, where the text says none or another")
    read.add_argument(
        "--amends", action="store_true", help="the new text of the plan in force of that year"
    )
    read.add_argument("--reason", default="", help="why the plan is amended")

    report = commands.add_parser("report", help="Reports.")
    kinds = report.add_subparsers(required=True, metavar="WHAT")
    make = kinds.add_parser("make", help="Draft a report from the records and write it to a file.")
    make.set_defaults(run="data:report_make", command="report make")
    make.add_argument("kind", choices=["periodic"], help="periodic: the CCHC report")
    make.add_argument("--period", required=True, help="2024-Q1, 2024-H1, 2024-M9 or 2024")
    make.add_argument("--format", choices=["docx", "pdf"], default="pdf")
    make.add_argument("--out", type=Path, required=True)
    make.add_argument("--agency", default="", help="code of the agency (default: the only one)")

    procedures = commands.add_parser("procedures", help="The catalogue of procedures.")
    what = procedures.add_subparsers(required=True, metavar="WHAT")
    load = what.add_parser("load", help="Load national procedures; repeated, nothing changes.")
    load.set_defaults(run="data:procedures_load", command="procedures load")
    load.add_argument("file", type=Path, nargs="?", help="YAML or XLSX (default: those shipped)")
    load.add_argument("--valid-from", default="", help="as 2024-01-01 (default: today)")

    verify = add("verify", "data:verify", "Walk the hash chains; name the first broken row.")
    verify.add_argument("--chain", help="one agency's code")
    rollup = commands.add_parser("rollup", help="What indicators are counted from.")
    what = rollup.add_subparsers(required=True, metavar="WHAT")
    for name, told in (
        ("rebuild", "Make the rollups anew from the records, while in use."),
        ("check", "Compare the rollups with the records; name the first cells that differ."),
    ):
        one = what.add_parser(name, help=told)
        one.set_defaults(run=f"rollups:rollup_{name}", command=f"rollup {name}")
        one.add_argument("--agency", default="", help="code of an agency (default: all)")
        one.add_argument("--workers", type=int, default=2, help="processes (%(default)s; 0: none)")
    one.add_argument("--json", action="store_true", help="print the comparison as JSON")
    one.add_argument("--most", type=int, default=20, help="differences to name (%(default)s)")
    backup = add("backup", "data:backup", "Write database and files to one archive, while in use.")
    backup.add_argument("file", type=Path)
    restore = add("restore", "data:restore", "Restore an archive into an empty installation.")
    restore.add_argument("file", type=Path)
    token = commands.add_parser("token", help="API keys.").add_subparsers(
        required=True, metavar="WHAT"
    )
    create = token.add_parser("create", help="Make an API key; it is printed once.")
    create.set_defaults(run="data:token_create", command="token create")
    create.add_argument("username")
    create.add_argument("--name", default="command line")
    create.add_argument("--scope", action="append", default=[], help="as planning.view; repeatable")
    create.add_argument("--days", type=int, default=90, help="valid for (%(default)s days)")
    bench = commands.add_parser("bench", help="Data for measuring.").add_subparsers(
        required=True, metavar="WHAT"
    )
    grow = bench.add_parser("generate", help="Grow the demo's district by dossiers of a year.")
    grow.set_defaults(run="data:bench_generate", command="bench generate")
    grow.add_argument("--dossiers", type=int, default=10_000, help="how many (%(default)s)")
    grow.add_argument("--communes", type=int, default=20, help="in how many (%(default)s)")
    add("check", "data:check", "Say how the installation is: engine, settings, worker, chains.")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; a refusal is one sentence on standard error and exit code 2."""
    options = build_parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
    module, _, name = options.run.partition(":")
    run: Callable[[argparse.Namespace], int] = getattr(
        import_module(f"motcua.site.cli.{module}"), name
    )
    from motcua.core.errors import Refused  # here: --help needs no Django

    try:
        return run(options)
    except Refused as refusal:
        return refuse(str(refusal))
    except KeyboardInterrupt:
        return 130


def refuse(sentence: str) -> int:
    """Say why not."""
    sys.stderr.write(f"motcua: {sentence}\n")
    return 2


def run_and_exit() -> NoReturn:
    """Entry for ``python -m motcua.site.cli``."""
    sys.exit(main())
