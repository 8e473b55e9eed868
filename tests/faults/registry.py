"""The list of operations that are interrupted. A new one is added here, and nowhere else."""

from __future__ import annotations

from tests.faults.county_disk import KeepingFiles, TakingParcels
from tests.faults.courier import Exporting, ReadingAnswers
from tests.faults.exchanging import Exchanging
from tests.faults.file_traffic import FetchingFiles, SendingFiles
from tests.faults.operations import ON_ONE_LAPTOP
from tests.faults.places import Operation

# Kinds of trials pick from these by name; kills take all of them.
OPERATIONS: tuple[Operation, ...] = (
    *ON_ONE_LAPTOP, Exchanging(), SendingFiles(), FetchingFiles(), Exporting(), ReadingAnswers(),
    TakingParcels(), KeepingFiles(),
)  # fmt: skip


def operation(name: str) -> Operation:
    """The operation of that name. Raises KeyError."""
    return {one.name: one for one in OPERATIONS}[name]


def load_all() -> None:
    """What a worker would else load after each birth."""
    import app.security.device
    import app.services.exchange
    import app.storage.attachments
    import app.storage.entries
    import app.storage.journal
    import app.storage.packs
    import app.storage.records
    import app.sync.http_line  # noqa: F401
