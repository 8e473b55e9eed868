"""A journal that goes on under another identity, whatever had become of each of its entries: none
is lost, none is told twice, and the records stay as they are.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.acts import Act
from app.domain.cases import Case
from app.domain.ids import RecordId, new_id
from app.domain.numbering import NumberBlock
from app.domain.problems import ProblemCode
from app.domain.sessions import Session
from app.domain.settlements import Choice
from app.services.conflicts import open_conflicts
from app.services.identities import FORMER_SETTING, UPCOMING_SETTING
from app.services.lines import CaseQuery, Delivery
from app.services.settling import settle as settle_conflict
from app.storage.cipher import Connection
from app.storage.folding import fold
from app.storage.mapping import table_text
from app.storage.rows import RECORD_ROWS
from app.storage.store import Store
from app.wire.journal import Change, Entry, SealedEntry, read_entry
from app.wire.records import to_fields
from tests.fakes import FakeDevice, signature_fits
from tests.storage.test_file_states import add, new_case
from tests.storage.village import (
    COMMITTEE,
    enrol,
    judge,
    opened,
    put,
    quarrel,
    raw,
    receipt_for,
    receive_all,
    sealed_by,
    settle,
)

OWN, OTHER = FakeDevice(), FakeDevice("other laptop")
NEXT, AFTER = FakeDevice("next"), FakeDevice("after next")
FIELDS = ("title", "facts", "registrar")
# What became of an own entry while the county still listened. "unheard": its answer was lost.
FATES = ("applied", "conflict", "refused", "unheard", "lent")
STEP = st.tuples(
    st.sampled_from(
        [*(("own", fate) for fate in FATES), ("other", "applied"), ("other", "conflict")]
    ),
    st.sampled_from(FIELDS),
)
WAITS = st.lists(st.sampled_from([*FIELDS, "case", "lent"]), max_size=4)
LATER = st.lists(st.sampled_from(FIELDS), max_size=2)


@dataclass
class Letter:
    """One line of the county's log."""

    sealed: SealedEntry
    entry: Entry
    verdict: str


@dataclass
class Told:
    """What the county has in its log, and what it said without showing it."""

    log: list[Letter] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)

    def add(self, sealed: SealedEntry, verdict: str) -> int:
        self.log.append(Letter(sealed, read_entry(sealed.raw), verdict))
        return len(self.log)


def save(store: Store, case_id: RecordId, name: str, text: str) -> SealedEntry:
    with store.unit() as unit:
        now: Any = unit.records.get(Case, case_id)
        unit.records.put(replace(now, **{name: text}))
        unit.commit(Act.CASE_SAVED, case_id)
    return last(store)


def lend(store: Store, first: int) -> SealedEntry:
    block = NumberBlock(
        id=new_id(), committee_id=COMMITTEE.id, year=2026, first=first, last=first + 9
    )
    put(store, block, act=Act.NUMBERS_LENT)
    return last(store)


def last(store: Store) -> SealedEntry:
    with store.unit() as unit:
        (found,) = unit.journal.own_from(unit.journal.own_head(), 1)
    return found


def heard(store: Store, sealed: SealedEntry, position: int, verdict: str) -> None:
    """The answer comes that tells of an own entry."""
    with store.unit() as unit:
        unit.journal.add_receipts([receipt_for(sealed, OWN.device_id, position)])
        unit.commit()
    if verdict != "applied":
        judge(store, read_entry(sealed.raw).seq, verdict)


def work(store: Store, steps: list[Any], waits: list[str], later: list[str]) -> Told:
    """A day of one case, of which the county has `steps`, and a copy that was used further
    (`later`); `waits` it has not.
    """
    settle(store)
    enrol(store)
    with store.unit() as unit:
        unit.settings.put("county.epoch", "e1")
        unit.commit()
    told, head = Told(), quarrel()
    for sealed in (last(store), begun(store, head[1])):
        heard(store, sealed, told.add(sealed, "applied"), "applied")
    for number, ((who, fate), name) in enumerate(steps):
        text = f"{who} {number}"
        if who == "other":
            letter = _other(told, head[0], name, text)
            told.add(letter, fate)
            _pull(store, told, len(told.log))
        elif fate == "lent":
            sealed = lend(store, 100 * number + 1)
            told.hidden.add(sealed.hash)
            heard(store, sealed, 1000 + number, "applied")
        else:
            sealed = save(store, head[0].id, name, text)
            if fate == "refused":
                heard(store, sealed, 1000 + number, fate)
            else:
                verdict = fate.replace("unheard", "applied")
                position = told.add(sealed, verdict)
                if fate != "unheard":
                    heard(store, sealed, position, verdict)
    _go_on(store, head[0], told, waits, later)
    return told


def begun(store: Store, records: Any) -> SealedEntry:
    put(store, *records, act=Act.CASE_REGISTERED)
    return last(store)


def _go_on(store: Store, head: Case, told: Told, waits: list[str], later: list[str]) -> None:
    with store.unit() as unit:
        seq = unit.journal.own_head()
    for number, name in enumerate(later, 1):
        change = Change(kind="case", id=head.id, base="1" * 64, set={name: f"later {number}"})
        sealed, _ = sealed_by(OWN, seq + number, [change], case_id=head.id)
        told.add(sealed, "applied")
    for number, name in enumerate(waits):
        if name == "case":
            begun(store, quarrel(f"王{number}")[1])
        elif name == "lent":
            lend(store, 9000 + 10 * number)
        else:
            save(store, head.id, name, f"waits {number}")


def _other(told: Told, head: Case, name: str, text: str) -> SealedEntry:
    number = 1 + sum(one.entry.device == OTHER.device_id for one in told.log)
    change = Change(kind="case", id=head.id, base="1" * 64, set={name: text})
    return sealed_by(OTHER, number, [change], case_id=head.id)[0]


def _pull(store: Store, told: Told, position: int) -> None:
    one = told.log[position - 1]
    with store.unit() as unit:
        unit.journal.add_foreign(position, one.sealed, one.entry, verdict=one.verdict)
        unit.commit()


def read_log(store: Store, told: Told) -> None:
    """What `finish` reads before the journal begins anew."""
    with store.unit() as unit:
        unit.settings.put(UPCOMING_SETTING, "somebody")
        unit.commit()
    for position in range(1, len(told.log) + 1):
        _pull(store, told, position)


def anew(store: Store, device: FakeDevice = NEXT) -> int:
    with store.unit() as unit:
        written = unit.journal.begin_anew(device)
        unit.settings.put(UPCOMING_SETTING, None)
        unit.commit()
    store.attach(device, signature_fits)
    return written


def asked(folder: Path, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
    connection = raw(folder, mode="ro")
    try:
        return list(connection.execute(query, values).fetchall())
    finally:
        connection.close()


JOURNAL = "SELECT device, seq, hash, signature, raw FROM {} ORDER BY device, seq"


def records(folder: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """Every row but who touched it and who has it."""
    found = {}
    for kind in RECORD_ROWS:
        text = table_text(kind)
        for row in asked(folder, text.select):
            fields = text.fields(row)
            found[kind, str(row[text.columns.index("id")])] = dict(fields)
    return found


@contextmanager
def village() -> Iterator[tuple[Path, Store]]:
    with tempfile.TemporaryDirectory() as place:
        store = opened(Path(place))
        yield Path(place), store
        store.close()


def said(entry: Entry) -> Any:
    sets = [(one.kind, one.id, one.set) for one in entry.changes]
    beside = (entry.at, entry.act, entry.actor, entry.case_id, entry.committee_id, entry.seen)
    return beside, sets


def check_anew(folder: Path, told: Told, before: list[Any], device: FakeDevice) -> None:
    """Each entry of the journal `before` is kept, and either the county's or told anew."""
    kept = {row[2]: row for row in asked(folder, JOURNAL.format("former_entry"))}
    foreign = {row[2]: row for row in asked(folder, JOURNAL.format("foreign_entry"))}
    fresh = [read_entry(bytes(row[4])) for row in asked(folder, JOURNAL.format("journal_entry"))]
    marks = [row[2] for row in asked(folder, JOURNAL.format("journal_entry"))]
    assert [one.device for one in fresh] == [device.device_id] * len(fresh)
    names: dict[str, str] = {}
    known = {one.sealed.hash for one in told.log}
    for row in before:
        mark, entry = row[2], read_entry(bytes(row[4]))
        assert kept[mark] == row
        if mark in known:
            assert foreign[mark] == row
        elif mark not in told.hidden:
            names[mark], written = marks[len(names)], fresh[len(names)]
            assert said(written) == said(entry)
            assert [one.base for one in written.changes] == [
                names.get(one.base, one.base) for one in entry.changes
            ]
    assert len(fresh) == len(names)
    assert set(foreign) == known


@settings(max_examples=25)
@given(st.lists(STEP, max_size=6), WAITS, LATER)
def test_nothing_is_lost_and_nothing_told_twice(
    steps: list[Any], waits: list[str], later: list[str]
) -> None:
    with village() as (folder, store):
        told = work(store, steps, waits, later)
        read_log(store, told)
        before = asked(folder, JOURNAL.format("journal_entry"))
        rows = records(folder)
        written = anew(store)
        check_anew(folder, told, before, NEXT)
        assert written == len(asked(folder, "SELECT seq FROM journal_entry"))
        with store.unit() as unit:
            assert unit.journal.verify().broken_at is None
        after = records(folder)
        assert after.keys() == rows.keys()
        if not {fate for (_, fate), _ in steps} & {"unheard", "refused"}:
            assert after == rows
        check_folded(store, after)


def check_folded(store: Store, rows: dict[tuple[str, str], dict[str, Any]]) -> None:
    """Each record is what its entries say, in the order of the log."""
    with store.unit() as unit:
        for (kind, record_id), fields in rows.items():
            told = unit.journal.entries_of(kind, record_id)
            made = fold(kind, record_id, told)
            if made and all(name in made.fields for name in fields):
                assert {name: made.fields[name] for name in fields} == {
                    name: bool(value) if isinstance(made.fields[name], bool) else value
                    for name, value in fields.items()
                }


@settings(max_examples=12)
@given(st.lists(STEP, max_size=3), WAITS, WAITS)
def test_twice_in_a_row(steps: list[Any], waits: list[str], more: list[str]) -> None:
    with village() as (folder, store):
        told = work(store, steps, waits, [])
        read_log(store, told)
        anew(store)
        with store.unit() as unit:
            own = unit.journal.own_from(1, 1000)
            unit.journal.add_receipts(
                [
                    receipt_for(one, NEXT.device_id, told.add(one, "applied"))
                    for one in own
                    if "number_block" not in one.raw.decode()
                ]
            )
            unit.commit()
        head = next(one.entry.case_id for one in told.log if one.entry.case_id)
        with store.unit() as unit:
            case = unit.records.get(Case, RecordId(str(head)))
        _go_on(store, case, told, more, [])
        read_log(store, told)
        before = asked(folder, JOURNAL.format("journal_entry"))
        first = asked(folder, JOURNAL.format("former_entry"))
        anew(store, AFTER)
        check_anew(folder, told, before, AFTER)
        kept = asked(folder, JOURNAL.format("former_entry"))
        assert all(row in kept for row in first)
        with store.unit() as unit:
            assert unit.journal.verify().broken_at is None
            known = (unit.settings.get(FORMER_SETTING) or "").split()
            assert known == [NEXT.device_id, OWN.device_id]
            assert not unit.records.is_foreign(case.id)


class Killed(BaseException):
    """The program is gone."""


class Mortal:
    """A connection whose so many-th statement is not done any more."""

    def __init__(self, real: Connection, left: int) -> None:
        self._real, self.left = real, left

    def execute(self, *words: Any) -> Any:
        self.left -= 1
        if self.left < 0:
            raise Killed
        return self._real.execute(*words)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


def everything(folder: Path) -> dict[str, list[Any]]:
    tables = asked(folder, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    triggers = asked(
        folder, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY 1"
    )
    usual = [name for (name,) in tables if not name.startswith(("sqlite_", "text_"))]
    return {name: asked(folder, f"SELECT * FROM {name}") for name in usual} | {"": triggers}


def test_a_death_at_any_statement_leaves_all_old_or_all_new() -> None:
    steps: list[Any] = [(("own", "unheard"), "title"), (("other", "applied"), "title")]
    steps.append((("own", "refused"), "facts"))
    with village() as (folder, store):
        told = work(store, steps, ["title", "case", "lent"], ["facts"])
        read_log(store, told)
        before, deaths = everything(folder), 0
        while True:
            try:
                with store.unit() as unit:
                    transaction = unit._transaction
                    connection, key = transaction.write()
                    mortal = Mortal(connection, deaths)
                    vars(transaction)["write"] = lambda m=mortal, k=key: (m, k)
                    unit.journal.begin_anew(NEXT)
                    unit.journal.finish()
                    if mortal.left:
                        break
                    raise Killed
            except Killed:
                assert everything(folder) == before
                deaths += 3
        assert deaths > 50
        anew(store)
        assert everything(folder)[""] == before[""]  # what forbids to delete is back


def test_a_case_whose_files_wait_shows_them_although_it_has_no_own_entry(
    folder: Path,
) -> None:
    store = opened(folder)
    settle(store)
    enrol(store)
    case = new_case(store)
    waiting, needy = add(store, case, b"first"), add(store, case, b"second")
    told = Told()
    with store.unit() as unit:
        own = unit.journal.own_from(1, 100)
        unit.files.put_off(needy.sha256, ProblemCode.FILE_TOO_LARGE.value, None)
        unit.commit()
    receive_all(store)
    for one in own:
        told.add(one, "applied")
    read_log(store, told)
    assert anew(store) == 0
    with store.unit() as unit:
        status = unit.lists.status()
        assert (status.waiting, status.waiting_files, status.attention) == (0, 2, 1)
        lines = {one.file: one for one in unit.lists.waiting_files(10)}
        assert lines[waiting.sha256].delivery is Delivery.WAITING
        assert lines[needy.sha256].delivery is Delivery.ATTENTION
        assert {one.seq for one in lines.values()} == {0}
        assert {one.act for one in lines.values()} == {Act.ATTACHMENT_ADDED}
        assert unit.lists.waiting() == ()
        assert [one.sha256 for one in unit.files.waiting(10)] == [waiting.sha256]
        assert len(unit.lists.history(case.id)) == 3
        (shown,) = unit.lists.case_lines(unit.lists.case_keys(CaseQuery()))
        assert shown.delivery is Delivery.ATTENTION
    store.close()


@pytest.mark.parametrize("again", [False, True])
def test_what_began_in_a_conflict_still_reaches_the_county(folder: Path, again: bool) -> None:
    """By the entry that settles it, or by the next one that touches it."""
    store = opened(folder)
    settle(store)
    enrol(store)
    case = new_case(store)
    session = Session(id=new_id(), case_id=case.id, ordinal=1, place="村委会")
    told = Told()
    put(store, replace(case, title="后写的"), session)
    with store.unit() as unit:
        own = unit.journal.own_from(1, 100)
    receive_all(store)
    judge(store, len(own), "conflict", ProblemCode.VERDICT_CONFLICT, f"case:{case.id}")
    for one in own:
        told.add(one, "conflict" if one is own[-1] else "applied")
    read_log(store, told)
    anew(store)
    with store.unit() as unit:
        if again:
            unit.records.put(replace(session, place="家里"))
            unit.commit(Act.SESSION_SAVED, case.id)
        else:
            (open_one,) = open_conflicts(unit)
            choices = {line.key: Choice.OTHER for line in open_one.lines}
            settle_conflict(unit, open_one.entry_hash, choices)
    (change,) = [one for one in read_entry(last(store).raw).changes if one.kind == "session"]
    assert change.base == ""
    assert change.set["ordinal"] == to_fields(session)["ordinal"]
    store.close()
