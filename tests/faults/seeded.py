"""Bugs put in on purpose, each with the shortest day on which it does harm: what finds none of them
would be blind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from sqlalchemy import true

from app.county import contact, files, ingest, judging, log_pages, spans, versions
from app.county.tables import SpanRow
from app.services import answers, exchange, incoming
from app.storage import projection, renewal, transaction
from app.storage.journal import JournalBook
from tests.faults.model_line import FAULTS
from tests.faults.model_steps import Step, known_to_all

FIRST, SECOND, OFFICE, NEIGHBOUR = range(4)
BEGUN = [Step("create"), *known_to_all()]
# Both have written the same field of one case, and the second one came too late.
RACED = [
    Step("create"),
    *known_to_all(),
    Step("take away"),
    Step("edit", FIRST),
    Step("edit", SECOND),
    Step("sync", SECOND),
    Step("sync", FIRST),
]


# On a good line, by a program that lives.
ENROLLED_ANEW = [Step("enrol anew", FIRST, 0, 3), Step("sync")]


@dataclass(frozen=True)
class Bug:
    """`patches` puts it in; `day` shows it, and one of `breaks` is what it breaks."""

    name: str
    patches: Callable[[], Sequence[Any]]
    day: Sequence[Step]
    breaks: tuple[str, ...]

    @contextmanager
    def put_in(self) -> Iterator[None]:
        with ExitStack() as stack:
            for one in self.patches():
                stack.enter_context(one)
            yield


def faulty(kind: str, who: int = FIRST, request: int = 0, where: int = 0) -> Step:
    """A contact with that fault."""
    return Step("faulty sync", who, FAULTS.index(kind), request + 3 * where)


def _counts_again(session: Any, device: Any, sent: Any) -> tuple[list[Any], str]:
    return list(sent), ""


def _stores_once(real: Any) -> Any:
    def store(session: Any, desk: Any, device: Any, one: Any, position: int) -> Any:
        if one.entry.seq <= device.head_seq:
            judged = judging.judge(session, device, one.entry)
            judging.apply(session, device, judged, one.sealed.hash, position)
            return judged
        return real(session, desk, device, one, position)

    return store


def _signs_once(real: Any) -> Any:
    def sign(session: Any, desk: Any, device: str, stretch: Any) -> None:
        if session.get(SpanRow, (device, desk.epoch, stretch.first)) is None:
            real(session, desk, device, stretch)

    return sign


def _forgets(real: Any) -> Any:
    def append(session: Any, desk: Any, device: Any, fresh: Any) -> int:
        nested = session.begin_nested()
        position: int = real(session, desk, device, fresh)
        nested.rollback()
        return position

    return append


def _takes_after_a_gap(real: Any) -> Any:
    def following(session: Any, device: Any, sent: Any) -> tuple[list[Any], str]:
        return real(session, device, sent[1:] if len(sent) > 1 else sent)  # type: ignore[no-any-return]

    return following


def _purging(real: Any) -> Any:
    def store_answer(
        open_unit: Any, trust: Any, answer: Any, log: Any, *told: Any, **more: Any
    ) -> Any:
        stored = real(open_unit, trust, answer, log, *told, **more)
        if not log:
            with open_unit() as uow:
                write, _ = uow._transaction.write()
                write.execute(
                    "UPDATE session SET place = '' WHERE owner_device <> ?",
                    (trust.device.device_id,),
                )
                uow.commit()
        return stored

    return store_answer


def _trusting(model: Any, signed: Any, message: bytes, key: str, check: Any) -> Any:
    return model.model_validate_json(signed.raw), signed.raw, signed.signature


def _reaches_too_far(real: Any) -> Any:
    def stretch(fresh: Any, position: int, desk: Any) -> Any:
        found = real(fresh, position, desk)
        return replace(found, last=found.last + 1)

    return stretch


def _keeps_the_epoch(real: Any) -> Any:
    def remember(uow: Any, answer: Any, **more: Any) -> None:
        known = uow.settings.get("county.epoch")
        real(uow, answer, **more)
        if known:
            uow.settings.put("county.epoch", known)

    return remember


def _moves_past_gaps(real: Any) -> Any:
    def remember(uow: Any, answer: Any, **more: Any) -> None:
        real(uow, answer, **more)
        uow.settings.put("county.cursor", str(answer.cursor))

    return remember


def _one_byte_off(self: Any, offset: int, data: bytes) -> int:
    return int(_APPEND(self, offset, data[1:] if offset else data))


_APPEND = files.Arrival.append


def _rolls_back_silently(self: Any) -> None:
    """What was put is announced as saved, and is not."""
    if self.case_ids:
        self.roll_back()
    else:
        _COMMIT(self)


_COMMIT = transaction.Transaction.commit

BUGS: tuple[Bug, ...] = (
    Bug(
        "the county takes what it has as new",
        lambda: [
            patch.object(contact, "following", _counts_again),
            patch.object(ingest, "_store", _stores_once(ingest._store)),
            patch.object(contact, "sign_span", _signs_once(spans.sign_span)),
        ],
        [*BEGUN, Step("edit"), Step("export"), Step("sync"), Step("edit"), Step("sync"),
         Step("import")],
        ("I2", "I3", "I7"),
    ),
    Bug(
        "a receipt although nothing was stored",
        lambda: [patch.object(contact, "append", _forgets(ingest.append))],
        [*BEGUN, Step("edit"), Step("sync")],
        ("I2", "I7", "Refused"),
    ),
    Bug(
        "entries behind a gap are taken",
        lambda: [patch.object(contact, "following", _takes_after_a_gap(ingest.following)),
                 patch.object(ingest, "following", _takes_after_a_gap(ingest.following))],
        [*BEGUN, Step("edit"), Step("edit"), Step("sync")],
        ("I7", "I10", "Refused"),
    ),
    Bug(
        "the last writer wins",
        lambda: [patch.object(versions, "check", lambda *told: frozenset())],
        RACED,
        ("I5",),
    ),
    Bug(
        "an empty page means that nothing is left",
        lambda: [patch.object(exchange, "store_answer", _purging(incoming.store_answer))],
        BEGUN,
        ("I5",),
    ),
    Bug(
        "nobody looks at the county's signature",
        lambda: [
            patch.object(incoming, "checked_word", _trusting),
            patch.object(answers.Reply, "is_from", lambda *told: True),
        ],
        [*BEGUN, Step("edit"), faulty("forge")],
        ("I2",),
    ),
    Bug(
        "saved before it was committed",
        lambda: [patch.object(transaction.Transaction, "commit", _rolls_back_silently)],
        [Step("create")],
        ("I1",),
    ),
    Bug(
        "a page moves the cursor past a gap",
        lambda: [
            patch.object(incoming, "_remember", _moves_past_gaps(incoming._remember)),
            patch.object(exchange, "_compare", lambda *told: None),
        ],
        [*BEGUN, Step("back up laptop"), Step("edit", SECOND, 0, 2), Step("sync", SECOND),
         Step("sync"), Step("export"), Step("import"), Step("restore laptop"), Step("answer")],
        ("I5",),
    ),
    Bug(
        "a file is called whole without its hash",
        lambda: [
            patch.object(files.Arrival, "append", _one_byte_off),
            patch.object(files.Arrival, "is_proven", lambda self: self.end == self.size),
        ],
        [*BEGUN, Step("attach", FIRST, 0, 5_000), Step("sync")],
        ("I2", "I10"),
    ),
    Bug(
        "the rest of a file begins one byte too late",
        lambda: [patch.object(files.Arrival, "append", _one_byte_off)],
        [*BEGUN, Step("attach", FIRST, 0, 5_000), Step("sync")],
        ("I10",),
    ),
    Bug(
        "a receipt covers one entry too many",
        lambda: [patch.object(contact, "_stretch", _reaches_too_far(contact._stretch))],
        [*BEGUN, Step("edit"), Step("sync")],
        ("I2", "Refused"),
    ),
    Bug(
        "a restored county is taken for the old one",
        lambda: [patch.object(incoming, "_remember", _keeps_the_epoch(incoming._remember))],
        [*BEGUN, Step("back up county"), Step("attach", FIRST, 0, 500), Step("sync"),
         Step("restore county")],
        ("I2", "I10"),
    ),
    Bug(
        "a verdict is swallowed",
        lambda: [patch.object(JournalBook, "add_verdicts", lambda *told: None)],
        RACED,
        ("I5",),
    ),
    Bug(
        "what was set aside is shown to nobody else",
        lambda: [patch.object(log_pages, "TRAVELLING", ("applied",))],
        RACED,
        ("I5",),
    ),
    Bug(
        "everybody may see everything",
        lambda: [
            patch.object(log_pages, "seen_by", lambda viewer: true()),
            patch.object(log_pages, "may_see", lambda viewer, subject: True),
        ],
        [Step("create", NEIGHBOUR), Step("sync", NEIGHBOUR), Step("sync")],
        ("I8",),
    ),
    Bug(
        "a case that was handed over has two owners",
        lambda: [patch.object(projection.Projection, "_assign", lambda *told: None)],
        [*BEGUN, Step("assign"), Step("sync", OFFICE)],
        ("I5",),
    ),
    Bug(
        "what waited is forgotten when a laptop is enrolled anew",
        lambda: [patch.object(renewal._Telling, "tell", lambda *told: None)],
        [*BEGUN, Step("edit"), Step("revoke"), *ENROLLED_ANEW],
        ("I1", "I5"),
    ),
    Bug(
        "an older copy overwrites what it does not know",
        lambda: [patch.object(versions, "_moved_by_former", lambda *told: frozenset())],
        [*BEGUN, Step("back up laptop"), Step("edit"), Step("sync"), Step("restore laptop"),
         Step("edit"), Step("sync"), *ENROLLED_ANEW],
        ("I5",),
    ),
)  # fmt: skip
