"""Opens the house for one verb: key, store, device.

The rooms are loaded here and nowhere else on the command line.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from app import paths
from app.cli.words import Say, Speaker
from app.domain.problems import ProblemCode, Refused, refuse
from app.services.ports import DeviceKey, PaperSigner, Practice, SignatureCheck, UnitOfWork

if TYPE_CHECKING:
    from app.documents.printshop import PdfPrintshop
    from app.security.vault import Vault
    from app.storage.store import Store

PASSWORD_LIMIT_BYTES = 4096


class SystemClock:
    """The clock of this computer: a claim, as every clock here."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self.now().astimezone().date()


@dataclass(frozen=True, slots=True)
class House:
    """An open store with its device. `data` is the folder of everything."""

    data: Path
    store: Store
    device: DeviceKey
    check: SignatureCheck
    way: str

    def unit(self) -> AbstractContextManager[UnitOfWork]:
        """One unit of work: an `OpenUnit`."""
        return self.store.unit()

    def signer(self, uow: UnitOfWork) -> PaperSigner:
        """What seals this device's papers; the caller commits, as it may be made just now."""
        from app.security.paper_seal import load_paper_seal

        return load_paper_seal(uow.settings, self.device.device_id)


class NotSetUp(Exception):
    """There is no vault in the data folder yet."""


def app_version() -> str:
    """The version that is installed; "0" when started from sources that nobody installed."""
    try:
        return version("heshi")
    except PackageNotFoundError:
        return "0"


@contextmanager
def open_house(arguments: argparse.Namespace, *, create: bool = False) -> Iterator[House]:
    """The house of the data folder, made new with `create`.

    Raises `NotSetUp`, and `Refused` for everything that vault and store can answer with.
    """
    data = paths.data_folder(arguments.data)
    password = read_password(arguments)
    vault = vault_of(data)
    if not vault.exists() and paths.has_records(data):
        raise refuse(ProblemCode.KEY_FILES_DAMAGED)
    if not vault.exists():
        if not create:
            raise NotSetUp(str(data))
        key = vault.create(password)
    else:
        key = _opened(vault, password)
    with open_with(data, key, vault.way()) as house:
        yield house


@contextmanager
def open_with(data: Path, key: bytes, way: str) -> Iterator[House]:
    """The house with a key of 48 bytes that is known already; `way` is how it was got."""
    from app.security.device import load_device, verify
    from app.storage.store import open_store

    store = open_store(data, key, SystemClock(), app_version=app_version())
    try:
        with store.unit() as uow:
            device = load_device(uow.settings)
            uow.commit()
        store.attach(device, verify)
        yield House(data, store, device, verify, way)
    finally:
        store.close()


def vault_of(data: Path) -> Vault:
    """The vault of a data folder, with this computer's keyring."""
    from app.security.os_keyring import OsKeyring
    from app.security.vault import Vault

    return Vault(paths.keys(data), OsKeyring())


def practice(uow: UnitOfWork | None = None) -> Practice:
    """What the packs hold, with the county's that lies in the store of `uow`."""
    from app.storage.packs import practice_in_use

    return practice_in_use(paths.resources(), uow.packs.document() if uow else b"")


def region_name(code: str) -> str:
    """The name of the county that a region code begins with; "" where it is not known."""
    if not code:
        return ""
    from app.storage.regions import load_regions

    regions = load_regions(paths.resources())
    return regions.name_of(code) if regions.is_known(code) else ""


def printshop(rules: Practice) -> PdfPrintshop:
    """The printshop with the fonts and templates that came along."""
    from app.documents.printshop import PdfPrintshop

    return PdfPrintshop(paths.resources(), rules)


def read_password(arguments: argparse.Namespace) -> str | None:
    """The password from ``--password-file`` or ``HESHI_PASSWORD``; None for neither.

    Raises `Refused` FILE_UNREADABLE.
    """
    if arguments.password_file is None:
        return os.environ.get("HESHI_PASSWORD") or None
    try:
        with arguments.password_file.open("rb") as file:
            text = file.read(PASSWORD_LIMIT_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise refuse(ProblemCode.FILE_UNREADABLE) from None
    return text.split("\n", 1)[0].rstrip("\r") or None


def _opened(vault: Vault, password: str | None) -> bytes:
    """The key; a person at a terminal is asked for the password, a program is told."""
    try:
        return vault.open(password)
    except Refused as refused:
        asked = refused.first.code is ProblemCode.PASSWORD_NEEDED and password is None
        if not asked or not sys.stdin.isatty():
            raise
    return vault.open(getpass.getpass("口令 / Password: "))


def in_house(arguments: argparse.Namespace, speaker: Speaker, work: Callable[[House], int]) -> int:
    """Does `work` in the open house; says so where there is none yet."""
    try:
        with open_house(arguments) as house:
            return work(house)
    except NotSetUp as error:
        return not_set_up(speaker, error)


def not_set_up(speaker: Speaker, error: NotSetUp) -> int:
    """Says that there is nothing here yet."""
    speaker.warn(Say.NOT_SET_UP, folder=str(error))
    return 2


def keep_report(data: Path | None, error: Exception) -> Path | None:
    """Writes where we broke into the logs, without values; None where that does not go."""
    lines = [f"heshi {app_version()}", datetime.now(UTC).isoformat(timespec="seconds")]
    chain: BaseException | None = error
    while chain is not None:
        lines.append(f"{type(chain).__module__}.{type(chain).__qualname__}")
        trace = chain.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            lines.append(f"  {Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        chain = chain.__cause__ or chain.__context__
    try:
        folder = paths.logs(paths.data_folder(data))
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"report-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError:
        return None
    return file
