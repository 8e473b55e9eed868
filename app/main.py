"""The wiring: introduces the rooms to each other, opens the window or hands over to the command
line.

The start is fast because of its order: nothing heavy is imported before the first list is on the
screen. What a room needs from another comes in here and nowhere else.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from app import paths

if TYPE_CHECKING:
    from app.domain.casefile import CaseFile
    from app.domain.ids import RecordId
    from app.domain.regions import Regions
    from app.security.vault import Vault
    from app.services.contact_values import TellProgress
    from app.services.paper_checking import PaperReport
    from app.services.paper_values import (
        FilePart,
        PageImage,
        Printed,
        PrintedFile,
        ScannedPage,
        TakenPhoto,
    )
    from app.services.ports import (
        DeviceKey,
        Lists,
        OpenUnit,
        PaperSigner,
        Practice,
        Printshop,
        ScanReader,
        UnitOfWork,
    )
    from app.services.usb import UsbExport, UsbProgress
    from app.storage.quick import QuickStore
    from app.storage.store import Store
    from app.ui.runtime.office import About, Finding, StickRead
    from app.ui.shell.backstage import FirstLook, Sent

LANGUAGES = ("zh_CN", "en")
_NO_SCREEN = (
    "heshi: 这里没有屏幕，窗口打不开。请在桌面上打开和事，或者使用命令（heshi --help）。\n"
    "heshi: There is no screen here. Please open Heshi on a desktop, or use "
    "its commands (heshi --help)."
)


class Options(NamedTuple):
    """What may follow ``heshi`` when the window is meant."""

    data: str | None = None
    language: str | None = None


def main(argv: Sequence[str] | None = None) -> int:
    """The window without a verb; any verb goes to the command line. Returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    options = window_options(arguments)
    if options is None:
        from app.cli import main as command_line

        return command_line(arguments)
    return open_window(options)


def window_options(arguments: Sequence[str]) -> Options | None:
    """The options for the window; None if there is anything else in `arguments`."""
    found: dict[str, str | None] = {"--data": None, "--lang": None}
    rest = list(arguments)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name not in found or not (equals or rest):
            return None
        found[name] = value if equals else rest.pop(0)
    return Options(found["--data"], found["--lang"])


class DeviceClock:
    """Satisfies `Clock`: what this laptop claims."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return datetime.now().astimezone().date()


def app_version() -> str:
    """The installed version; ``0`` in a folder that was never installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("heshi")
    except PackageNotFoundError:
        return "0"


class LazyPrintshop:
    """Satisfies `Printshop`; typesetting is loaded with the first paper."""

    def __init__(self, practice: Practice) -> None:
        self._practice = practice
        self._shop: Printshop | None = None

    def make(self, file: CaseFile, document: str, subject_id: RecordId, today: date) -> Printed:
        return self._the_shop().make(file, document, subject_id, today)

    def make_file(
        self, file: CaseFile, parts: Sequence[FilePart], today: date, *, bound: bool = True
    ) -> PrintedFile:
        return self._the_shop().make_file(file, parts, today, bound=bound)

    def make_loose(self, template: str, values: Mapping[str, object], today: date) -> Printed:
        return self._the_shop().make_loose(template, values, today)

    def digests(self, file: CaseFile, parts: Sequence[FilePart], today: date) -> tuple[str, ...]:
        return self._the_shop().digests(file, parts, today)

    def _the_shop(self) -> Printshop:
        if self._shop is None:
            from app.documents.printshop import PdfPrintshop

            self._shop = PdfPrintshop(paths.resources(), self._practice)
        return self._shop


class LazyScanReader:
    """Satisfies `ScanReader`; loaded with the first scan."""

    def __init__(self) -> None:
        self._reader: ScanReader | None = None

    def pages(self, data: bytes) -> tuple[bytes, ...]:
        return self._the_reader().pages(data)

    def read(self, data: bytes) -> ScannedPage:
        return self._the_reader().read(data)

    def photo(self, data: bytes) -> TakenPhoto:
        return self._the_reader().photo(data)

    def photo_for_paper(self, data: bytes) -> bytes:
        return self._the_reader().photo_for_paper(data)

    def _the_reader(self) -> ScanReader:
        if self._reader is None:
            from app.documents.scanning import PageReader

            self._reader = PageReader()
        return self._reader


def lazy_preview(
    pdf: bytes, dpi: int, first: int = 0, count: int | None = None
) -> tuple[PageImage, ...]:
    """Satisfies `Preview`; loaded with the first picture."""
    from app.documents.preview import page_images

    return page_images(pdf, dpi, first, count)


class House:
    """Satisfies `ui.shell.backstage.Backstage`: vault, store and county of one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._lock = threading.Lock()
        self._vault: Vault | None = None
        self._key: bytes | None = None
        self._store: Store | None = None
        self._device: DeviceKey | None = None
        self._quick: QuickStore | None = None
        self._regions: Regions | None = None
        self._pack = b""  # the county's data pack, as it was at the start

    @property
    def version(self) -> str:
        return app_version()

    # --- keys ---

    def has_vault(self) -> bool:
        # Where the keys are gone and the records are not, opening says so; nothing is begun anew.
        return self._the_vault().exists() or paths.has_records(self.data)

    def keyring_name(self) -> str:
        from app.security.os_keyring import OsKeyring

        return OsKeyring().name

    def create(self, password: str | None) -> None:
        if self._key is None:
            self._key = self._the_vault().create(password)
        self.store()

    def unlock(self, password: str | None) -> None:
        if self._key is None:
            self._key = self._the_vault().open(password)

    def unlock_ahead(self, password: str | None) -> None:
        """The slowest step of a start, begun before Qt is loaded. What goes wrong is met again, and
        told, when the window asks.
        """
        with suppress(Exception):
            if self.has_vault():
                self.unlock(password)

    def set_password(self, password: str) -> None:
        self._the_vault().set_password(self._the_key(), password)

    # --- records ---

    def first_look(self) -> FirstLook:
        from app.services.lines import SyncStatus
        from app.storage.packs import practice_in_use
        from app.storage.quick import QuickStore
        from app.ui.runtime.desk import PaperCraft
        from app.ui.shell.backstage import FirstLook

        if self._quick is None:
            self._quick = QuickStore(self.data, self._the_key())
        quick = self._quick
        status: SyncStatus
        if quick.is_current():
            status, known = quick.status(), quick.setting("actor.name")
            role = quick.setting("actor.role") or ""
            self._pack = quick.county_pack()
        else:
            quick.close()
            self._quick = None
            with self.unit() as unit:
                status, known = unit.lists.status(), unit.actor.name
                role = unit.actor.role
                self._pack = unit.packs.document()
        practice = practice_in_use(paths.resources(), self._pack)
        lists = cast("Lists | None", self._quick)  # as much of it as first lists need
        return FirstLook(
            practice,
            LazyPrintshop(practice),
            lazy_preview,
            PaperCraft(self.seal, self.check_paper, LazyScanReader()),
            status,
            lists,
            set_up=bool(known),
            role=role,
            reading=self.reading,
        )

    def store(self) -> Store:
        """The whole store; loaded by whichever worker needs it first."""
        with self._lock:
            if self._store is None:
                from app.security.device import verify
                from app.storage.store import open_store

                store = open_store(
                    self.data, self._the_key(), DeviceClock(), app_version=self.version
                )
                device = _load_keys(store)
                store.attach(device, verify)
                self._store, self._device = store, device
            return self._store

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
        self._the_device()
        with self.store().unit() as unit:
            yield unit

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """A unit that only reads: what looks at the first list does not load the whole store."""
        if self._store is None and self._quick is not None:
            with self._quick.unit(DeviceClock()) as unit:
                yield unit
        else:
            with self.unit() as unit:
                yield unit

    def warm(self, step: int) -> bool:
        if step == 0:
            self.store()
        elif step == 1:
            from app.domain.committees import Mediator

            with self.unit() as unit:
                unit.records.all(Mediator)  # brings the reading of records with it
        elif step == 2:
            import app.services.agreements
            import app.services.intake
            import app.services.reviews  # loaded for the first click
        elif step == 3:
            import app.storage.entries  # noqa: F401  # loaded for the first save
        elif self._store is not None:
            self._store.back_up_daily()
        return step < 4

    def back_up(self) -> Path:
        made = self.store().back_up_daily()
        if made is not None:
            return made
        return max(paths.backups(self.data).glob("heshi-*.db"))

    # --- papers ---

    def seal(self, unit: UnitOfWork) -> PaperSigner:
        """The signer as the store has it now."""
        from app.security.paper_seal import load_paper_seal

        assert self._device is not None
        return load_paper_seal(unit.settings, self._device.device_id)

    def check_paper(self, unit: UnitOfWork, pdf: bytes) -> PaperReport:
        """What the seal of a PDF says, and what the records know of it."""
        from app.security.paper_check import check_paper
        from app.services.paper_checking import check_against_records, paper_trust

        assert self._device is not None
        trust = paper_trust(unit, self._device.device_id, self._device.paper)
        return check_against_records(unit, check_paper(pdf, trust))

    # --- the county ---

    def exchange(self, open_unit: OpenUnit, tell: TellProgress) -> Sent:
        from app.domain.problems import ProblemCode, refuse
        from app.security.device import OwnIdentities, verify
        from app.services.exchange import exchange_once, latest_proven
        from app.services.renewal import finish
        from app.sync.http_line import HttpLine
        from app.ui.shell.backstage import Sent

        device = self._the_device()
        with self.unit() as unit:
            address = unit.settings.get("county.url")
            proven = latest_proven(unit)
        if not address:
            raise refuse(ProblemCode.NOT_ENROLLED)
        line = HttpLine(address, best_time=lambda: proven)
        try:
            device = finish(open_unit, line, device, OwnIdentities(), verify)
            self._be(device)
            done = exchange_once(open_unit, line, device, verify, tell=tell)
        finally:
            line.close()
        return Sent(
            done.sent,
            done.received,
            done.pulled,
            done.attention,
            done.more,
            files_received=done.files_received,
        )

    def has_way_out(self) -> bool:
        from app.sync.way_out import has_way_out

        return has_way_out()

    def usb_export(
        self, open_unit: OpenUnit, folder: Path, tell: Callable[[UsbProgress], None]
    ) -> UsbExport:
        from app.services.usb import export_to_usb

        return export_to_usb(open_unit, self._the_device(), folder, tell=tell)

    def usb_read(self, open_unit: OpenUnit, place: Path) -> StickRead:
        from app.domain.problems import ProblemCode, refuse
        from app.security.device import verify
        from app.services.usb import answers_in, read_answer
        from app.ui.runtime.office import StickRead

        device = self._the_device()
        files = answers_in(place, device) if place.is_dir() else (place,)
        if not files:
            raise refuse(ProblemCode.USB_NO_ANSWER)
        read = [read_answer(open_unit, device, verify, one) for one in files]
        return StickRead(
            answers=len(read),
            again=sum(one.again for one in read),
            received=sum(one.stored.received for one in read),
            files_received=sum(one.stored.files_received for one in read),
            pulled=sum(one.stored.pulled for one in read),
            attention=len(set[int]().union(*(one.stored.attention for one in read))),
        )

    def _the_device(self) -> DeviceKey:
        """Who this folder is now: the command line may have enrolled it anew beside the window."""
        from app.security.device import ID_SETTING

        store = self.store()
        assert self._device is not None
        with store.unit() as unit:
            known = unit.settings.get(ID_SETTING)
        if known != self._device.device_id:
            self._be(_load_keys(store))
        return self._device

    def _be(self, device: DeviceKey) -> None:
        """From now on acts are signed by `device`."""
        from app.security.device import verify

        if self._device is not device:
            self.store().attach(device, verify)
            self._device = device

    def enrol(self, open_unit: OpenUnit, address: str, code: str) -> None:
        from app.security.device import OwnIdentities, verify
        from app.services.renewal import enrol_or_renew
        from app.sync.http_line import HttpLine, county_address

        device = self._the_device()
        known = county_address(address)
        line = HttpLine(known)
        try:
            _, device = enrol_or_renew(
                open_unit, line, device, OwnIdentities(), verify, code, address=known
            )
            self._be(device)
        finally:
            line.close()

    # --- what the settings page tells ---

    def about(self) -> About:
        from app.services.county_pack import pack_name
        from app.ui.runtime.office import About

        vault = self._the_vault()
        with self.unit() as unit:
            pack = unit.packs.document()
        copies = sorted(paths.backups(self.data).glob("heshi-*.db"))
        newest = copies[-1].stem.removeprefix("heshi-") if copies else ""
        return About(
            self.version,
            self.data,
            vault.way(),
            self.keyring_name(),
            vault.has_password(),
            newest,
            pack=pack_name(pack) if pack else None,
            pack_is_new=pack != self._pack,
        )

    def regions(self) -> Regions:
        if self._regions is None:
            from app.storage.regions import load_regions

            self._regions = load_regions(paths.resources())
        return self._regions

    def look_over(self) -> tuple[Finding, ...]:
        from app.services.county_pack import is_pack_refused
        from app.ui.runtime.office import Finding

        store = self.store()
        with self.unit() as unit:
            journal = unit.journal.verify()
            status = unit.lists.status()
            refused, pack = is_pack_refused(unit), unit.packs.mark()
        fonts = len(list((paths.resources() / "fonts").glob("*.ttf")))
        return (
            Finding("store", store.is_sound()),
            Finding("journal", journal.broken_at is None, str(journal.entries)),
            Finding(
                "keyring",
                bool(self.keyring_name()) or self._the_vault().has_password(),
                self._the_vault().way(),
            ),
            Finding("fonts", fonts >= 4, str(fonts)),
            Finding("county", status.enrolled, status.county_name),
            *([Finding("pack", not refused)] if pack or refused else ()),
        )

    def close_quick(self) -> None:
        """Records worker."""
        if self._quick is not None:
            self._quick.close()
            self._quick = None

    def close(self) -> None:
        if self._store is not None:
            self._store.close()

    def _the_vault(self) -> Vault:
        if self._vault is None:
            from app.security.os_keyring import OsKeyring
            from app.security.vault import Vault

            self._vault = Vault(paths.keys(self.data), OsKeyring())
        return self._vault

    def _the_key(self) -> bytes:
        if self._key is None:
            raise RuntimeError("the vault is not open")
        return self._key


def _load_keys(store: Store) -> DeviceKey:
    """The keys that the folder holds; what is missing is made and kept."""
    from app.security.device import ID_SETTING, load_device
    from app.security.paper_key import PAPER_SECRET_SETTING

    with store.unit() as unit:
        kept = [unit.settings.get(one) for one in (ID_SETTING, PAPER_SECRET_SETTING)]
        device = load_device(unit.settings)
        if None in kept:
            unit.commit()
    return device


def open_window(options: Options) -> int:
    """The window until it is closed. Returns 0, or 2 where no window can be shown."""
    if not _has_screen():
        print(_NO_SCREEN, file=sys.stderr)  # noqa: T201  # there is nowhere else to say it
        return 2
    gc.disable()  # nothing is garbage yet; the collector runs again when the first list is shown
    from app.ui.runtime.preferences import FILE_NAME, SCALES, Preferences

    data = paths.data_folder(options.data)
    preferences = Preferences(data / FILE_NAME)
    scale = preferences.number("scale", 100)
    if scale in SCALES and scale != 100:
        os.environ["QT_SCALE_FACTOR"] = str(scale / 100)
    language = options.language or preferences.get("language", LANGUAGES[0])
    from app.ui.runtime.worker import Worker

    house, password = House(data), os.environ.get("HESHI_PASSWORD") or None
    records = Worker("records")
    records.submit(lambda: house.unlock_ahead(password))
    try:
        from app.ui.shell.start import run

        known = language if language in LANGUAGES else LANGUAGES[0]
        return run(house, preferences, known, password, records)
    finally:
        gc.enable()
        records.stop(None)


def _has_screen() -> bool:
    """On Linux, Qt would end the program with a cry where there is no display."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
