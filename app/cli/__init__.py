"""The second face.

`heshi VERB` for administrators and automation, on the same services as the window.

Never opens a window and never shows a traceback. Exit codes: 0 done, 1 our own bug or an unsound
self-check, 2 refused; `verify` has its own.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from app.cli.words import LANGUAGES, Speaker
from app.domain.completeness import DocumentKind

REFUSED, OUR_BUG = 2, 1
VERBS = (
    "case",
    "print",
    "blank",
    "register",
    "sync",
    "usb",
    "waiting",
    "journal",
    "self-check",
    "enrol",
    "set-up",
    "verify",
)
Verb = Callable[[argparse.Namespace, Speaker], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one verb and returns its exit code."""
    arguments = _parser().parse_args(argv)
    speaker = Speaker(arguments.lang or _language_of_environment())
    for stream in (sys.stdout, sys.stderr):
        # An old Windows console cannot show every character; it must not end the program.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    return _guarded(arguments, speaker)


def _guarded(arguments: argparse.Namespace, speaker: Speaker) -> int:
    from app.domain.problems import Refused

    try:
        return _verb(arguments)(arguments, speaker)
    except Refused as refused:
        speaker.refuse(refused)
        return REFUSED
    except BrokenPipeError:
        # Whoever read our output has gone: nothing is left to be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from app.cli.house import keep_report

        speaker.own_bug(keep_report(arguments.data, error))
        return OUR_BUG


def _verb(arguments: argparse.Namespace) -> Verb:
    """The function of a verb; its room is loaded only when it is asked for."""
    verb: str = arguments.verb
    if verb in ("case", "print"):
        from app.cli import cases

        chosen = "print" if verb == "print" else arguments.what
        return cases.VERBS[chosen]
    if verb in ("blank", "register"):
        from app.cli import paper_verbs

        return paper_verbs.VERBS[verb]
    if verb in ("sync", "waiting", "journal", "enrol"):
        from app.cli import sending

        return sending.VERBS[verb]
    if verb == "usb":
        from app.cli import courier

        return courier.VERBS[arguments.what]
    if verb == "self-check":
        from app.cli.self_check import self_check

        return self_check
    if verb == "verify":
        from app.cli.verify import verify

        return verify
    from app.cli.first_start import set_up

    return set_up


def _language_of_environment() -> str:
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    chosen = next((name for name in names if name), "")
    return "en" if chosen.startswith("en") else "zh_CN"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="heshi", description="Heshi 和事: the command line of the case client."
    )
    _add_options(parser, None)
    # The same options after the verb: only what is really given there counts.
    every = argparse.ArgumentParser(add_help=False)
    _add_options(every, argparse.SUPPRESS)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    _add_case(verbs.add_parser("case", help="cases: schema, import, list, show"), every)
    _add_print(verbs.add_parser("print", parents=[every], help="make papers as PDF"))
    _add_blank(verbs.add_parser("blank", parents=[every], help="make a blank form as PDF"))
    _add_register(verbs.add_parser("register", parents=[every], help="the register of numbers"))
    verbs.add_parser("sync", parents=[every], help="send and receive once")
    _add_usb(verbs.add_parser("usb", help="send and receive on a stick: export, read"), every)
    waiting = verbs.add_parser("waiting", parents=[every], help="what waits to be sent")
    waiting.add_argument("--json", action="store_true")
    journal = verbs.add_parser("journal", help="the own journal").add_subparsers(
        dest="what", required=True, metavar="verify"
    )
    journal.add_parser("verify", parents=[every], help="walk the whole chain")
    verbs.add_parser("self-check", parents=[every], help="look this program over")
    enrol = verbs.add_parser("enrol", parents=[every], help="make this laptop known to a county")
    enrol.add_argument("url", metavar="URL")
    enrol.add_argument("code", metavar="CODE")
    _add_verify(verbs.add_parser("verify", parents=[every], help="was a sealed PDF changed?"))
    _add_set_up(verbs.add_parser("set-up", parents=[every], help="first start without a window"))
    return parser


def _add_options(parser: argparse.ArgumentParser, default: object) -> None:
    parser.add_argument("--data", type=Path, default=default, metavar="DIR", help="the data folder")
    parser.add_argument("--lang", choices=LANGUAGES, default=default, help="language of messages")
    parser.add_argument(
        "--password-file",
        type=Path,
        default=default,
        metavar="FILE",
        help="file whose first line is the password (or set HESHI_PASSWORD)",
    )


def _add_case(parser: argparse.ArgumentParser, every: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="VERB")
    what.add_parser("schema", parents=[every], help="print the JSON Schema of a file of cases")
    taking = what.add_parser("import", parents=[every], help="take in a file of cases")
    taking.add_argument("file", type=Path, metavar="FILE")
    taking.add_argument("--json", action="store_true")
    listing = what.add_parser("list", parents=[every], help="list cases")
    listing.add_argument("--json", action="store_true")
    listing.add_argument("--text", default="", help="words, names, initials or a number")
    showing = what.add_parser("show", parents=[every], help="show one case")
    showing.add_argument("case", metavar="CASE", help="id, start of an id, number, or words")
    showing.add_argument("--json", action="store_true", help="as a file of cases")


def _add_usb(parser: argparse.ArgumentParser, every: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="VERB")
    out = what.add_parser("export", parents=[every], help="put what waits onto a stick")
    out.add_argument("folder", type=Path, metavar="DIR", help="the stick, or a folder on it")
    back = what.add_parser("read", parents=[every], help="take in the county's answer")
    back.add_argument("file", type=Path, metavar="FILE", help="the answer, or the folder it is in")


def _add_print(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE", help="id, start of an id, number, or words")
    parser.add_argument(
        "--document",
        default="all",
        metavar="KIND|all|file|missing|changed",
        help="one kind, all one by one, or together: the whole file, what was never printed, "
        "what has changed since",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="PATH")


def _add_blank(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("document", metavar="KIND", help=", ".join(DocumentKind))
    parser.add_argument("--case", default="", metavar="CASE", help="with what this case knows")
    parser.add_argument("--out", type=Path, required=True, metavar="PATH")


def _add_register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, default=None, metavar="YYYY")
    parser.add_argument("--json", action="store_true")


def _add_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.pdf")
    parser.add_argument(
        "--ca", type=Path, metavar="COUNTY_CA.pem", help="the county's certificate, if known"
    )


def _add_set_up(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--committee", required=True, metavar="NAME")
    parser.add_argument("--short", default="", metavar="NAME")
    parser.add_argument("--region", default="", metavar="CODE", help="twelve digits")
    parser.add_argument("--mediator", required=True, metavar="NAME")
