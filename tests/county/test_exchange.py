"""Client and county together, over real HTTP and real stores: exactly once, whatever the line does,
and the screen never lies.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import col, delete

from app.county.database import writing
from app.county.settings import new_epoch
from app.county.tables import Device, EntryRow, ReceiptRow, RecordState, VerdictRow
from app.domain.cases import Case
from app.domain.committees import Committee, Mediator
from app.domain.ids import new_id
from app.domain.numbering import NumberBlock
from app.domain.problems import ProblemCode, Refused
from app.security.device import verify
from app.services.committees import set_up
from app.services.exchange import exchange_once
from app.wire.exchange import (
    NONCE_HEADER,
    SIGNATURE_HEADER,
    message_digest,
)
from app.wire.exchange2 import ANSWER2_PURPOSE, answer_body, read_answer
from app.wire.exchange2 import Answer as ContactAnswer
from app.wire.journal import FIRST_PREVIOUS
from app.wire.words import WORDS
from tests.county.server import POSTGRES, RunningCounty
from tests.county.village import Answer, BadLine, Village, lost

HERE = Path(__file__).parent
NewVillage = Callable[[str], Village]


@pytest.fixture
def opened(tmp_path: Path, county: RunningCounty) -> Iterator[NewVillage]:
    """Makes laptops with stores of their own; not enrolled yet."""
    made: list[Village] = []

    def make(name: str) -> Village:
        made.append(Village(tmp_path / name, county.address))
        return made[-1]

    yield make
    for village in made:
        village.close()


@pytest.fixture
def village(county: RunningCounty, opened: NewVillage) -> Village:
    """An enrolled mediator's laptop whose journal has been sent."""
    laptop = opened("village")
    laptop.enrol(county.code(county.mediator(county.committee())))
    laptop.sync()
    return laptop


def refused(act: Callable[[], object]) -> ProblemCode:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.first.code


def positions(county: RunningCounty, village: Village) -> list[int]:
    """The numbers of this journal that the county holds: each once and without gaps."""
    return [row.seq for row in county.held(village.id)]


def test_without_enrolment_nothing_is_sent(opened: NewVillage) -> None:
    assert refused(opened("x").sync) is ProblemCode.NOT_ENROLLED


def test_enrolling_brings_committee_mediator_and_numbers(village: Village) -> None:
    with village.store.unit() as uow:
        actor = uow.actor
        committee = uow.records.get(Committee, actor.committee_id)  # type: ignore[arg-type]
        [block] = [one for one in uow.records.all(NumberBlock) if one.first == 1]
    assert (actor.name, actor.role, committee.name) == ("王调解", "mediator", "某村人民调解委员会")
    assert block.committee_id == committee.id
    assert village.waiting() == 0


def test_a_case_arrives_once_and_its_receipt_is_kept(
    county: RunningCounty, village: Village
) -> None:
    village.new_case()
    assert village.waiting() == 1
    result = village.sync()
    assert (result.sent, result.received, result.attention, result.more) == (1, 1, 0, False)
    assert village.waiting() == 0
    again = village.sync()
    assert (again.sent, again.received, again.pulled) == (0, 0, 0)
    assert positions(county, village) == list(range(1, len(positions(county, village)) + 1))


def test_a_long_absence_arrives_in_order(county: RunningCounty, village: Village) -> None:
    for number in range(120):
        village.new_case(f"第{number}件")
    result = village.sync()
    assert (result.sent, result.received) == (120, 120)
    assert village.waiting() == 0


def test_a_lost_answer_costs_nothing(county: RunningCounty, village: Village) -> None:
    village.new_case()
    before = len(county.held(village.id))
    good, village.line = village.line, BadLine(village.line, lost)
    assert refused(village.sync) is ProblemCode.ANSWER_CUT
    # The county has it, but this laptop cannot know: it waits, and says so.
    assert len(county.held(village.id)) == before + 1
    assert village.waiting() == 1
    village.line = good
    assert village.sync().received == 1
    assert len(county.held(village.id)) == before + 1


def page(answer: Answer) -> Answer:
    return b"<html>Welcome to the hotel</html>", {"Content-Type": "text/html"}


def cut(answer: Answer) -> Answer:
    return answer[0][:-1], answer[1]


def altered(answer: Answer) -> Answer:
    middle = len(answer[0]) // 2
    other = bytes([answer[0][middle] ^ 1])
    return answer[0][:middle] + other + answer[0][middle + 1 :], answer[1]


def empty(answer: Answer) -> Answer:
    return b"", {}


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (page, ProblemCode.FOREIGN_ANSWER),
        (empty, ProblemCode.FOREIGN_ANSWER),
        (cut, ProblemCode.ANSWER_CUT),
        (altered, ProblemCode.RECEIPT_NOT_GENUINE),
    ],
)
def test_what_the_county_did_not_sign_is_never_believed(
    village: Village, fault: Callable[[Answer], Answer], code: ProblemCode
) -> None:
    village.new_case()
    cursor = village.setting("county.cursor")
    good, village.line = village.line, BadLine(village.line, fault)
    assert refused(village.sync) is code
    assert village.waiting() == 1
    assert village.setting("county.cursor") == cursor
    village.line = good
    assert village.sync().received == 1


def test_an_old_answer_is_not_taken_for_a_new_one(village: Village) -> None:
    kept: list[Answer] = []

    def keep(answer: Answer) -> Answer:
        kept.append(answer)
        return answer

    good = village.line
    village.line = BadLine(good, keep)
    village.new_case()
    village.sync()
    village.new_case()
    village.line = BadLine(good, lambda answer: kept[0])
    assert refused(village.sync) is ProblemCode.RECEIPT_NOT_GENUINE
    assert village.waiting() == 1


class Forger:
    """Somebody in between who has the county's own signing key for answers but changes a receipt,
    or has another key.
    """

    def __init__(
        self, village: Village, county: RunningCounty, forge: Callable[[dict[str, object]], None]
    ) -> None:
        self._good = village.line
        self._key = county.key
        self._forge = forge

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        return self._good.post(path, body, headers)

    def stream(self, path: str, parts: Iterable[bytes], headers: Mapping[str, str]) -> Answer:
        answered, _ = self._good.stream(path, parts, headers)
        answer, log, _ = read_answer(answered, WORDS)
        value = answer.model_dump(mode="json")
        self._forge(value)
        forged = answer_body(ContactAnswer.model_validate(value), log, WORDS)
        message = message_digest(ANSWER2_PURPOSE, path, headers[NONCE_HEADER], forged)
        return forged, {SIGNATURE_HEADER.lower(): self._key.sign(message)}


def false_receipt(value: dict[str, object]) -> None:
    receipts = value["receipts"]
    assert isinstance(receipts, list)
    for receipt in receipts:
        receipt["raw"] = receipt["raw"].replace('"epoch":"', '"epoch":"x')


def test_a_forged_receipt_is_no_receipt(county: RunningCounty, village: Village) -> None:
    village.new_case()
    good, village.line = village.line, Forger(village, county, false_receipt)
    assert refused(village.sync) is ProblemCode.RECEIPT_NOT_GENUINE
    assert village.waiting() == 1
    village.line = good
    village.sync()
    assert village.waiting() == 0


def test_a_receipt_for_something_else_is_no_receipt(
    county: RunningCounty, village: Village
) -> None:
    kept: list[object] = []

    def keep(value: dict[str, object]) -> None:
        receipts = value["receipts"]
        assert isinstance(receipts, list)
        kept.extend(receipts)

    def swap(value: dict[str, object]) -> None:
        value["receipts"] = kept[:1]

    good = village.line
    village.new_case()
    village.line = Forger(village, county, keep)
    village.sync()
    village.new_case()
    village.line = good
    village.line = Forger(village, county, swap)
    village.sync()
    # A genuine word about another entry is none about this one.
    assert village.waiting() == 1
    village.line = good
    village.sync()
    assert village.waiting() == 0


def test_another_county_under_the_same_address_is_not_believed(
    county: RunningCounty, village: Village, tmp_path: Path
) -> None:
    village.new_case()
    with village.store.unit() as uow:
        uow.settings.put("county.key", "0" * 64)
        uow.commit()
    assert refused(village.sync) is ProblemCode.RECEIPT_NOT_GENUINE
    assert village.waiting() == 1


def test_a_revoked_laptop_is_told_and_keeps_its_work(
    county: RunningCounty, village: Village
) -> None:
    case = village.new_case()
    county.revoke(village.id)
    assert refused(village.sync) is ProblemCode.DEVICE_REVOKED
    assert village.waiting() == 1
    with village.store.unit() as uow:
        assert uow.records.get(Case, case.id) == case


def test_a_refused_entry_needs_attention_and_holds_up_nothing(
    county: RunningCounty, village: Village
) -> None:
    elsewhere = county.committee("330108001009", "别村")
    with writing(county.engine) as session:
        device = session.get_one(Device, village.id)
        kept, device.committee_id = device.committee_id, elsewhere
    village.new_case()
    village.sync()
    assert village.attention() == 1
    with writing(county.engine) as session:
        session.get_one(Device, village.id).committee_id = kept
    village.new_case()
    assert village.sync().received == 1
    assert (village.waiting(), village.attention()) == (0, 1)


def test_the_whole_way_to_the_supervisor_and_back(
    county: RunningCounty, village: Village, opened: NewVillage
) -> None:
    case = village.new_case()
    village.sync()
    supervisor = opened("supervisor")
    supervisor.enrol(county.code(county.supervisor()))
    assert supervisor.sync().pulled >= 1
    with supervisor.store.unit() as uow:
        assert uow.records.get(Case, case.id) == case
        assert uow.records.is_foreign(case.id)
    supervisor.review(case.id, "第二页缺手印")
    supervisor.sync()
    assert village.sync().pulled == 1
    assert village.remarks(case.id) == ["第二页缺手印"]
    with village.store.unit() as uow:
        assert not uow.records.is_foreign(case.id)
    assert village.is_whole() and supervisor.is_whole()


def test_colleagues_share_cases_and_never_serials(
    county: RunningCounty, opened: NewVillage
) -> None:
    committee = county.committee()
    one, two = opened("one"), opened("two")
    for laptop, name in ((one, "甲"), (two, "乙")):
        laptop.enrol(county.code(county.mediator(committee, name)))
        laptop.sync()
    case = one.new_case()
    one.sync()
    two.sync()
    one.sync()
    lent = []
    for laptop in (one, two):
        with laptop.store.unit() as uow:
            assert uow.records.get(Case, case.id) == case
            lent.append([(block.first, block.last) for block in uow.records.all(NumberBlock)])
    assert lent == [[(1, 200)], [(201, 400)]]


def test_a_village_that_worked_before_it_was_enrolled(
    county: RunningCounty, opened: NewVillage
) -> None:
    laptop = opened("early")
    home = Committee(id=new_id(), name="某村调委会", phone="057112345678")
    mediator = Mediator(id=new_id(), committee_id=home.id, name="王调解")
    with laptop.store.unit() as uow:
        set_up(uow, home, mediator)
    case = laptop.new_case()
    laptop.enrol(county.code(county.mediator(county.committee())))
    result = laptop.sync()
    assert (laptop.waiting(), result.attention) == (0, 0)
    with laptop.store.unit() as uow:
        # One committee, under the name on its seal, with the telephone that the village knows.
        [own] = uow.records.all(Committee)
        [block] = uow.records.all(NumberBlock)
    assert (own.id, own.name, own.phone) == (home.id, "某村人民调解委员会", "057112345678")
    assert block.committee_id == home.id
    supervisor = opened("supervisor")
    supervisor.enrol(county.code(county.supervisor()))
    supervisor.sync()
    with supervisor.store.unit() as uow:
        assert uow.records.get(Case, case.id) == case


def test_a_restored_county_is_offered_again_what_it_lost(
    county: RunningCounty, village: Village
) -> None:
    for _ in range(3):
        village.new_case()
    village.sync()
    whole = [row.hash for row in county.held(village.id)]
    _forget_after(county, village.id, 2)
    assert len(county.held(village.id)) == 2
    village.sync()
    assert [row.hash for row in county.held(village.id)] == whole
    assert village.waiting() == 0


def test_work_done_after_the_backup_closes_the_gap_too(
    county: RunningCounty, village: Village
) -> None:
    village.new_case()
    village.sync()
    _forget_after(county, village.id, 1)
    village.new_case()
    village.sync()
    assert positions(county, village) == list(range(1, len(positions(county, village)) + 1))
    assert village.waiting() == 0


def _forget_after(county: RunningCounty, device_id: str, seq: int) -> None:
    """What restoring an old backup does: the log's end is gone, and a new epoch begins."""
    last = county.held(device_id)[seq - 1]
    with writing(county.engine) as session:
        for table in (ReceiptRow, VerdictRow, EntryRow):
            session.exec(delete(table).where(col(table.position) > last.position))
        session.exec(delete(RecordState).where(col(RecordState.kind) == "case"))
        device = session.get_one(Device, device_id)
        device.head_seq, device.head_hash = last.seq, last.hash if seq else FIRST_PREVIOUS
        new_epoch(session)


def test_the_clock_error_is_known_and_blocks_nothing(
    county: RunningCounty, village: Village
) -> None:
    village.clock.forward(days=-9000)
    village.new_case()
    assert village.sync().received == 1
    offset = int(village.setting("county.offset_ms") or 0)
    assert offset > 8000 * 24 * 3600 * 1000
    assert (village.setting("county.last_contact") or "") > "2026"


def test_a_county_that_was_ahead_for_a_day_is_heard_again(
    county: RunningCounty, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as ahead:
        ahead.setattr(county, "now", lambda: datetime(2099, 1, 1, tzinfo=UTC))
        village.new_case()
        village.sync()
        assert (village.setting("county.last_contact") or "").startswith("2099")
    village.new_case()
    village.sync()
    assert (village.setting("county.last_contact") or "9999") < "2099"


@pytest.mark.skipif(bool(POSTGRES), reason="one way of dying is enough")
def test_a_county_that_dies_after_the_commit_has_it_once(
    county: RunningCounty, village: Village
) -> None:
    village.new_case()
    before = len(county.held(village.id))
    county.stop()
    dying = subprocess.Popen(
        [sys.executable, str(HERE / "dying_county.py"), str(county.folder), str(county.port)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
    )
    assert dying.stdout and dying.stdout.readline() == b"listening\n"
    with pytest.raises(Refused):
        village.sync()
    assert dying.wait() == -signal.SIGKILL
    dying.stdout.close()
    assert village.waiting() == 1
    assert len(county.held(village.id)) == before + 1
    county.start()
    assert village.sync().received == 1
    assert len(county.held(village.id)) == before + 1


def test_two_exchanges_of_one_laptop_do_no_harm(county: RunningCounty, village: Village) -> None:
    village.new_case()

    def meanwhile(answer: Answer) -> Answer:
        exchange_once(village.store.unit, good, village.device, verify)
        return answer

    good, village.line = village.line, BadLine(village.line, meanwhile)
    village.sync()
    village.line = good
    assert village.waiting() == 0
    assert positions(county, village) == list(range(1, len(positions(county, village)) + 1))


def test_a_laptop_that_went_back_in_time_is_told_so(village: Village, tmp_path: Path) -> None:
    village.new_case()
    village.sync()
    copy = tmp_path / "copy"
    village.store.close()
    shutil.copytree(village.folder, copy)
    after = Village(village.folder, village.address)
    after.new_case()
    after.sync()
    after.close()
    restored = Village(copy, village.address)
    assert refused(restored.sync) is ProblemCode.STORE_WENT_BACK
    # Whoever goes on writing all the same is told the same, and keeps what was written.
    case = restored.new_case()
    restored.new_case()
    assert refused(restored.sync) is ProblemCode.STORE_WENT_BACK
    with restored.store.unit() as uow:
        assert uow.records.get(Case, case.id) == case
    restored.close()
