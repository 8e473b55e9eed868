"""`heshi self-check`.

Does this program work on this computer? A whole case is taken in, stored and printed in a temporary
folder; then the records of the person who runs it, where there are any, are read from end to end.

Never changes them.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from secrets import token_bytes

from app import paths
from app.cli.house import (
    NotSetUp,
    app_version,
    open_house,
    open_with,
    practice,
    printshop,
)
from app.cli.words import Say, Speaker
from app.domain.committees import Committee, Mediator
from app.domain.ids import new_id
from app.domain.problems import ProblemCode, Refused, refuse
from app.services.committees import set_up
from app.services.importing import import_cases
from app.services.papers import make_all

PRACTICE_CASE = Path("demo") / "practice-fence.json"


class Unsound(Exception):
    """A check found something that should not be; its text holds no personal data."""


def self_check(arguments: argparse.Namespace, speaker: Speaker) -> int:
    """Runs every check, says what each found, and returns 0 if all is well, else 1."""
    bad = 0
    with tempfile.TemporaryDirectory(prefix="heshi-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        for name, check in (*_checks(home), ("records", lambda: _records(arguments))):
            try:
                speaker.out(f"+ {name}: {check()}")
            except Exception as error:
                bad += 1
                speaker.out(f"- {name}: {_why(error, speaker)}")
    if bad:
        speaker.say(Say.UNSOUND, count=bad)
        return 1
    speaker.say(Say.SOUND)
    return 0


def _checks(home: Path) -> tuple[tuple[str, Callable[[], str]], ...]:
    key = token_bytes(48)
    return (
        ("heshi", app_version),
        ("resources", _resources),
        ("fonts", _fonts),
        ("packs", _packs),
        ("keyring", _keyring),
        ("store", lambda: _store(home, key)),
        ("sqlite, sqlcipher", lambda: _versions(home, key)),
        ("papers", lambda: _papers(home, key)),
    )


def _why(error: Exception, speaker: Speaker) -> str:
    if isinstance(error, Refused):
        return speaker.sentence(error.first)
    if isinstance(error, Unsound):
        return str(error)
    return type(error).__qualname__


def _resources() -> str:
    folder = paths.resources()
    lacking = [
        name
        for name in ("fonts", "icons", "packs", "templates", "demo")
        if not (folder / name).is_dir()
    ]
    if lacking:
        raise Unsound(", ".join(lacking))
    return str(folder)


def _fonts() -> str:
    found = sorted(path.name for path in (paths.resources() / "fonts").glob("*.[to]tf"))
    if not found:
        raise Unsound("0")
    return ", ".join(found)


def _packs() -> str:
    return f"{len(practice().codes.tables)} tables"


def _keyring() -> str:
    """None is no fault: there a password opens the store."""
    from app.security.os_keyring import OsKeyring

    return OsKeyring().name or "–"


def _store(home: Path, key: bytes) -> str:
    """Writes a whole case, closes, and reads it back from the disk."""
    raw = (paths.resources() / PRACTICE_CASE).read_bytes()
    committee = Committee(id=new_id(), name="自检村人民调解委员会", short_name="自检村")
    mediator = Mediator(id=new_id(), committee_id=committee.id, name="王五")
    with open_with(home, key, "") as house:
        with house.unit() as uow:
            set_up(uow, committee, mediator)
        report = import_cases(house.unit, raw, practice())
    for item in report.items:
        if item.problems:
            raise Refused(*item.problems)
    with open_with(home, key, "") as house, house.unit() as uow:
        found = uow.journal.verify()
    if found.broken_at is not None:
        raise Unsound(f"journal {found.broken_at}")
    return f"{found.entries} entries"


def _records(arguments: argparse.Namespace) -> str:
    """Whether the records of this very folder are whole; "–" where there are none yet."""
    try:
        with open_house(arguments) as house:
            if not house.store.is_sound():
                raise refuse(ProblemCode.STORE_DAMAGED)
            with house.unit() as uow:
                found = uow.journal.verify()
    except NotSetUp:
        return "–"
    if found.broken_at is not None:
        raise refuse(ProblemCode.JOURNAL_BROKEN, "", seq=found.broken_at)
    return f"{found.entries} entries"


def _versions(home: Path, key: bytes) -> str:
    from app.storage.cipher import FILE_NAME, versions

    return ", ".join(versions(home / FILE_NAME, key))


def _papers(home: Path, key: bytes) -> str:
    """Makes every paper of the practice case."""
    from app.services.lines import CaseQuery

    shop = printshop(practice())
    with open_with(home, key, "") as house, house.unit() as uow:
        keys = uow.lists.case_keys(CaseQuery())
        line = uow.lists.case_lines(keys)[0]
        made = make_all(uow, shop, line.id)
    if not all(paper.pdf.startswith(b"%PDF-") for paper in made):
        raise Unsound("PDF")
    return f"{len(made)} papers, {sum(paper.pages for paper in made)} pages"
