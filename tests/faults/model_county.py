"""The county of the model: the real server on a real database, asked through its own ASGI door in
this process, that can die between any two commits and be put back to an earlier day.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event

from app.county import accounts
from app.county.app import create_app
from app.county.database import SQLITE_FILE, reading, sqlite_url, writing
from app.county.enrolment import new_code, revoke
from app.county.exchange import County
from app.county.files import FOLDER
from app.county.keys import KEY_FILE, load_key, make_key
from app.county.settings import new_epoch, set_up
from app.county.tables import Account, Device
from tests.fakes import FixedClock


class Killed(BaseException):
    """The program is gone at this very place; nothing that it would have done afterwards is."""


@dataclass
class _Death:
    """After how many commits the server dies, and whether that one still counts."""

    commits: int
    before: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back over the line."""

    status: int
    body: bytes
    headers: Mapping[str, str]


class ModelCounty:
    """The server in `folder`, made if there is none."""

    def __init__(self, folder: Path, clock: FixedClock | None = None) -> None:
        self.folder = folder
        self.clock = clock or FixedClock()
        fresh = not (folder / KEY_FILE).exists()
        folder.mkdir(parents=True, exist_ok=True)
        self.key = make_key(folder) if fresh else load_key(folder)
        self._death: _Death | None = None
        self._reader: sqlite3.Connection | None = None
        self.lives = 0
        self._open()
        if fresh:
            with writing(self.desk.engine) as session:
                set_up(session, "示例县司法局")

    def _open(self) -> None:
        self.lives += 1
        self._app = create_app(sqlite_url(self.folder), self.key, now=lambda: self.clock.now())
        self.desk: County = self._app.state.county
        event.listen(self.desk.engine, "commit", self._on_commit)

    def reopen(self) -> None:
        """Another life on the same files."""
        self.close()
        self._open()

    def close(self) -> None:
        self._death = None
        self.desk.engine.dispose()
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def dies(self, commits: int, *, before: bool) -> None:
        """The `commits`-th commit from now on (from 1) is the last; `before`: not even that."""
        self._death = _Death(commits, before)

    def _on_commit(self, connection: Any) -> None:
        death = self._death
        if death is None:
            return
        death.commits -= 1
        if death.commits > 0:
            return
        if not death.before:
            connection.connection.driver_connection.execute("COMMIT")
        raise Killed

    def ask(
        self, path: str, pieces: Iterable[bytes], headers: Mapping[str, str], *, cut: bool = False
    ) -> Heard | None:
        """One request. With `cut` the line is torn after the last piece; None for no answer."""
        return asyncio.run(self._ask(path, iter(pieces), headers, cut))

    async def _ask(
        self, path: str, pieces: Iterator[bytes], headers: Mapping[str, str], cut: bool
    ) -> Heard | None:
        over = False
        status, body, came = 0, bytearray(), dict[str, str]()

        async def receive() -> dict[str, Any]:
            nonlocal over
            piece = None if over else next(pieces, None)
            if piece is not None:
                return {"type": "http.request", "body": piece, "more_body": True}
            if over or cut:
                return {"type": "http.disconnect"}
            over = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                came.update((k.decode(), v.decode()) for k, v in message["headers"])
            else:
                body.extend(message.get("body", b""))

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        await self._app(scope, receive, send)
        return None if cut else Heard(status, bytes(body), came)

    # What an administrator does.

    def committee(self, region: str, name: str) -> str:
        with writing(self.desk.engine) as session:
            return accounts.add_committee(session, name=name, short_name=name[:2], region=region)

    def mediator(self, committee: str, name: str) -> str:
        with writing(self.desk.engine) as session:
            return accounts.add_mediator(
                session, committee_id=committee, name=name, place="director", now=self.clock.now()
            )

    def supervisor(self, region: str) -> str:
        with writing(self.desk.engine) as session:
            return accounts.add_supervisor(
                session, name="李司法", region=region, role="supervisor", now=self.clock.now()
            )

    def code(self, account: str) -> str:
        with writing(self.desk.engine) as session:
            return new_code(session, session.get_one(Account, account), self.clock.now())

    def revoke(self, device: str) -> None:
        with writing(self.desk.engine) as session:
            found = session.get(Device, device)
            if found is not None:
                revoke(session, self.key, found, self.clock.now())

    def knows(self, device: str) -> bool:
        with reading(self.desk.engine) as session:
            return session.get(Device, device) is not None

    def is_revoked(self, device: str) -> bool:
        with reading(self.desk.engine) as session:
            found = session.get(Device, device)
            return found is not None and found.revoked_at is not None

    def is_frozen(self, device: str) -> bool:
        with reading(self.desk.engine) as session:
            found = session.get(Device, device)
            return found is not None and bool(found.frozen)

    # What a backup keeps, and what it brings back.

    def copy_to(self, place: Path) -> None:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        shutil.copy(self.folder / SQLITE_FILE, place)
        if (self.folder / FOLDER).exists():
            shutil.copytree(self.folder / FOLDER, place / FOLDER)

    def restore(self, place: Path) -> None:
        """Database and files as they were, and a new epoch, as the handbook says."""
        self.close()
        for end in ("", "-journal"):
            (self.folder / f"{SQLITE_FILE}{end}").unlink(missing_ok=True)
        shutil.rmtree(self.folder / FOLDER, ignore_errors=True)
        shutil.copy(place / SQLITE_FILE, self.folder)
        if (place / FOLDER).exists():
            shutil.copytree(place / FOLDER, self.folder / FOLDER)
        self._open()
        with writing(self.desk.engine) as session:
            new_epoch(session)

    # What the checks look at.

    def rows(self, query: str, values: tuple[object, ...] = ()) -> list[Any]:
        """Read past the server."""
        if self._reader is None:
            self._reader = sqlite3.connect(f"file:{self.folder / SQLITE_FILE}?mode=ro", uri=True)
        return self._reader.execute(query, values).fetchall()

    def epoch(self) -> str:
        return str(self.rows("SELECT value FROM setting WHERE key = 'epoch'")[0][0])
