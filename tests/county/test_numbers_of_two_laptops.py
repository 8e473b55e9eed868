"""Two laptops of one committee use, give back and get numbers in any order, on lines that lose
answers: no serial ever stands on two papers, and the county's book has no open question.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, StaticPool, create_engine
from sqlmodel import Session

from app.county import accounts
from app.county.blocks import lend
from app.county.ingest import Desk, take_in
from app.county.keys import CountyKey, make_key
from app.county.number_book import number_book
from app.county.settings import epoch, set_blocks, set_up
from app.county.tables import CountyRow, Device
from app.domain.acts import Act
from app.domain.agreements import Agreement, AgreementForm
from app.domain.committees import Committee, Mediator
from app.domain.ids import RecordId, new_id
from app.domain.numbering import IssuedNumber, is_provisional
from app.services import committees
from app.services.enrolment import put_blocks
from app.services.number_blocks import return_numbers
from app.services.numbers import issue_number
from app.wire.exchange import Block, WireEntry
from app.wire.journal import FIRST_PREVIOUS
from tests.fakes import FakeDevice, MemoryStore, practice

MARCH = datetime(2026, 3, 15, 4, tzinfo=UTC)
YEAR = 2026
LAPTOPS = 2
STEPS = st.lists(
    st.tuples(
        st.integers(0, LAPTOPS - 1),
        st.sampled_from(["use", "use", "use", "meet", "meet", "unheard", "return"]),
    ),
    max_size=40,
)


@dataclass
class Desks:
    """The county on a database in memory, and two laptops with real journals that it knows."""

    engine: Engine
    key: CountyKey
    committee: str = ""
    laptops: list[MemoryStore] = field(default_factory=list)
    papers: list[IssuedNumber] = field(default_factory=list)

    def use(self, laptop: MemoryStore) -> None:
        """A paper gets its number."""
        with laptop.unit() as uow:
            paper = Agreement(id=new_id(), case_id=new_id(), form=AgreementForm.WRITTEN)
            self.papers.append(issue_number(uow, RecordId(self.committee), paper, practice()))
            uow.commit(Act.AGREEMENT_FINALISED)

    def give_back(self, laptop: MemoryStore) -> None:
        with laptop.unit() as uow:
            return_numbers(uow, RecordId(self.committee), YEAR)

    def unheard(self, laptop: MemoryStore) -> tuple[Block, ...]:
        """The journal arrives; what the county answers is lost."""
        with Session(self.engine) as session:
            device = session.get_one(Device, laptop.device.device_id)
            desk = Desk(self.key, epoch(session), MARCH)
            sealed = [one for one, _ in laptop.kept.entries]
            sent = [
                WireEntry(raw=base64.b64encode(one.raw).decode(), signature=one.signature)
                for one in sealed[device.head_seq :]
            ]
            verdicts = take_in(session, desk, device, sent).verdicts
            assert [one.kind for one in verdicts] == ["applied"] * len(sent)
            blocks = lend(session, device, MARCH)
            session.commit()
        return blocks

    def meet(self, laptop: MemoryStore) -> None:
        blocks = self.unheard(laptop)
        with laptop.unit() as uow:
            if put_blocks(uow, blocks):
                uow.commit(Act.NUMBERS_LENT)


@cache
def county_key() -> CountyKey:
    with TemporaryDirectory() as folder:
        return make_key(Path(folder))


def desks(size: int, refill: int) -> Desks:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    CountyRow.metadata.create_all(engine)
    made = Desks(engine, county_key())
    with Session(engine, expire_on_commit=False) as session:
        set_up(session, "示例县司法局")
        set_blocks(session, size, refill)
        made.committee = accounts.add_committee(
            session, name="某村人民调解委员会", short_name="某村", region="330108001002"
        )
        for name in ("甲", "乙"):
            made.laptops.append(_laptop(session, made.committee, name))
        session.commit()
    return made


def _laptop(session: Session, committee: str, name: str) -> MemoryStore:
    account = accounts.add_mediator(
        session, committee_id=committee, name=name, place="director", now=MARCH
    )
    store = MemoryStore(FakeDevice(name))
    store.clock.moment = MARCH
    home = Committee(id=RecordId(committee), name="某村人民调解委员会", short_name="某村")
    with store.unit() as uow:
        committees.set_up(
            uow, home, Mediator(id=RecordId(account), committee_id=home.id, name=name)
        )
    # What stands before the county in this journal is no matter here.
    store.kept.entries.clear()
    store.kept.last_entry.clear()
    with store.unit() as uow:
        uow.settings.put("county.key", county_key().public)
        uow.settings.put("device.id", store.device.device_id)
        uow.commit()
    session.add(
        Device(
            id=store.device.device_id,
            public_key=store.device.public_key,
            account_id=account,
            role="mediator",
            region="330108001002",
            committee_id=committee,
            card="",
            card_signature="",
            head_hash=FIRST_PREVIOUS,
            enrolled_at=MARCH,
        )
    )
    session.flush()
    return store


@settings(max_examples=60, deadline=None)
@given(steps=STEPS, size=st.integers(2, 8), refill=st.integers(1, 2))
def test_no_serial_is_ever_given_to_two_papers(
    steps: list[tuple[int, str]], size: int, refill: int
) -> None:
    made = desks(size, refill)
    acts: dict[str, Callable[[MemoryStore], object]] = {
        "use": made.use,
        "meet": made.meet,
        "unheard": made.unheard,
        "return": made.give_back,
    }
    for who, act in steps:
        acts[act](made.laptops[who])
    for laptop in made.laptops:
        made.meet(laptop)
    assert len({one.text for one in made.papers}) == len(made.papers)
    assert all(is_provisional(one) == (one.serial == 0) for one in made.papers)
    with Session(made.engine) as session:
        book = number_book(session, made.committee, YEAR)
    made.engine.dispose()
    assert (book.twice, book.outside, book.typed, book.gaps) == ((), (), (), "")
    assert len(book.provisional) == sum(is_provisional(one) for one in made.papers)
    assert sum(one.used for one in book.blocks) == sum(one.serial > 0 for one in made.papers)
