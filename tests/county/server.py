"""A real county server for one test: its own folder, its own database, uvicorn on a free port in a
thread.

Runs on SQLite; on PostgreSQL when HESHI_TEST_POSTGRES holds the address of a server where databases
may be made.
"""

from __future__ import annotations

import os
import socket
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import uvicorn
from sqlalchemy import Engine, create_engine, text
from sqlmodel import Session, col, select

from app.county import accounts
from app.county.app import create_app
from app.county.clock import utc_now
from app.county.database import open_database, reading, sqlite_url, upgrade, writing
from app.county.enrolment import new_code, revoke
from app.county.keys import KEY_FILE, load_key, make_key
from app.county.patience import PatientProtocol
from app.county.restoring import begin_again
from app.county.settings import set_up
from app.county.tables import Account, CountyRow, Device, EntryRow

# Read before the fixtures take every HESHI_ variable away.
POSTGRES = os.environ.get("HESHI_TEST_POSTGRES", "")
Backup = list[tuple[Any, list[dict[str, Any]]]]


class RunningCounty:
    """Starts at once; `stop` ends it, `start` runs it again on the same folder and port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = utc_now
        self.url_of_database = _new_database(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self.key = load_key(folder) if (folder / KEY_FILE).exists() else make_key(folder)
        self.engine: Engine = open_database(self.url_of_database)
        upgrade(self.engine)
        with writing(self.engine) as session:
            set_up(session, "示例县司法局")
        self.port = 0
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        listener = socket.create_server(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        self.app = create_app(self.url_of_database, self.key, now=lambda: self.now())
        config = uvicorn.Config(
            self.app,
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            http=PatientProtocol,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listener]}, name="county"
        )
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self.app.state.county.engine.dispose()

    def close(self) -> None:
        self.stop()
        self.engine.dispose()
        _drop_database(self.url_of_database)

    def stands_still_at(self, moment: datetime) -> None:
        """From now on the county's clock shows `moment`."""
        self.now = lambda: moment.astimezone(UTC)

    def committee(self, region: str = "330108001002", name: str = "某村人民调解委员会") -> str:
        with writing(self.engine) as session:
            return accounts.add_committee(session, name=name, short_name="某村", region=region)

    def mediator(self, committee: str, name: str = "王调解") -> str:
        with writing(self.engine) as session:
            return accounts.add_mediator(
                session, committee_id=committee, name=name, place="director", now=self.now()
            )

    def supervisor(self, region: str = "330108", role: str = "supervisor") -> str:
        with writing(self.engine) as session:
            return accounts.add_supervisor(
                session, name="李司法", region=region, role=role, now=self.now()
            )

    def code(self, account: str) -> str:
        with writing(self.engine) as session:
            return new_code(session, session.get_one(Account, account), self.now())

    def revoke(self, device: str) -> None:
        with writing(self.engine) as session:
            revoke(session, self.key, session.get_one(Device, device), self.now())

    def held(self, device: str) -> list[EntryRow]:
        """What the database holds of one device's journal, in order."""
        with reading(self.engine) as session:
            query = select(EntryRow).where(col(EntryRow.device_id) == device)
            rows = list(session.exec(query.order_by(col(EntryRow.seq))))
            session.expunge_all()
            return rows

    def session(self) -> Session:
        return Session(self.engine)


def _new_database(folder: Path) -> str:
    if not POSTGRES:
        return sqlite_url(folder)
    name = f"heshi_{uuid4().hex}"
    _on_postgres(f'CREATE DATABASE "{name}"')
    return f"{POSTGRES.rstrip('/')}/{name}"


def _drop_database(url: str) -> None:
    if POSTGRES:
        _on_postgres(f'DROP DATABASE "{url.rsplit("/", 1)[1]}" WITH (FORCE)')


def _on_postgres(statement: str) -> None:
    address = POSTGRES.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(f"{address.rstrip('/')}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def backed_up(county: RunningCounty) -> Backup:
    """All rows of all tables."""
    with county.engine.connect() as connection:
        return [
            (table, [dict(row) for row in connection.execute(table.select()).mappings()])
            for table in CountyRow.metadata.sorted_tables
        ]


def restored(county: RunningCounty, backup: Backup) -> None:
    """The rows of then, and what the administrator does next."""
    with county.engine.begin() as connection:
        for table, _ in reversed(backup):
            connection.execute(table.delete())
        for table, rows in backup:
            if rows:
                connection.execute(table.insert(), rows)
    with writing(county.engine) as session:
        begin_again(session, county.now())
