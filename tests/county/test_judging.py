"""Verdicts: stored is not the same as taken over, and what is refused blocks its own record
only.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import select

from app.county.tables import RecordState
from app.domain.agreements import Agreement, AgreementForm, AgreementState, Clause, Signer, SignOff
from app.domain.agreements import SignMethod as Method
from app.domain.cases import Case, Stage
from app.domain.committees import Committee, Mediator
from app.domain.ids import RecordId, new_id
from app.domain.people import Person
from app.domain.problems import ProblemCode
from app.domain.reviews import Decision, Review
from app.domain.sessions import Session
from app.wire.journal import Change
from app.wire.records import changed_fields
from tests.county.conftest import NewLaptop
from tests.county.laptop import AT, RawLaptop, change_of, verdicts, written
from tests.county.server import RunningCounty

REFUSED, CONFLICT = "refused", "conflict"
SCOPE, SEALED = ProblemCode.VERDICT_SCOPE.value, ProblemCode.VERDICT_SEALED.value
MALFORMED = ProblemCode.VERDICT_MALFORMED.value


def last_verdict(laptop: RawLaptop) -> tuple[str, str]:
    """What the county thinks of the newest entry; everything is stored whatever it is."""
    answer = laptop.exchange()
    assert answer.have == len(laptop.journal)
    assert len(answer.receipts) == len(laptop.journal)
    return verdicts(answer)[-1][1:]


def change(laptop: RawLaptop, old: Agreement | Case, new: Agreement | Case) -> None:
    """An entry that changes one record on top of the newest entry."""
    kind = "agreement" if isinstance(old, Agreement) else "case"
    fields = changed_fields(old, new)
    base = laptop.journal[-1].hash
    laptop.write(Change(kind=kind, id=old.id, base=base, set=dict(fields)))


def test_a_refused_entry_does_not_block_the_next(laptop: RawLaptop) -> None:
    laptop.write(Change(kind="case", id=new_id(), set={"stage": "no such stage"}))
    laptop.new_case()
    assert verdicts(laptop.exchange()) == [(1, REFUSED, MALFORMED), (2, "applied", "")]


@pytest.mark.parametrize("kind", ["ghost", "case"])
def test_what_makes_no_record_is_malformed(laptop: RawLaptop, kind: str) -> None:
    laptop.write(Change(kind=kind, id=new_id(), set={"matter": "x"}))
    assert last_verdict(laptop) == (REFUSED, MALFORMED)


def test_a_verdict_is_told_until_the_cursor_has_passed(laptop: RawLaptop) -> None:
    laptop.write(Change(kind="ghost", id=new_id(), set={}))
    laptop.exchange()
    assert verdicts(laptop.exchange([], cursor=0)) == [(1, REFUSED, MALFORMED)]
    assert verdicts(laptop.exchange([])) == []


def test_a_record_of_another_committee_is_refused(
    county: RunningCounty, enrolled: NewLaptop, laptop: RawLaptop
) -> None:
    other = enrolled(county.mediator(county.committee("330108001003", "邻村")))
    theirs = other.new_case()
    other.exchange()
    laptop.save(replace(theirs, matter="改了"), base=other.journal[-1].hash)
    assert last_verdict(laptop) == (REFUSED, SCOPE)
    laptop.save(Case(id=new_id(), committee_id=other.committee, matter="混进去"))
    assert last_verdict(laptop) == (REFUSED, SCOPE)
    laptop.save(Session(id=new_id(), case_id=theirs.id, ordinal=1))
    assert last_verdict(laptop) == (REFUSED, SCOPE)
    # And nothing of it reaches the neighbour.
    assert written(other.exchange([])) == []


def test_a_case_cannot_move_to_another_committee(county: RunningCounty, laptop: RawLaptop) -> None:
    other = RecordId(county.committee("330108001003", "邻村"))
    case = laptop.new_case()
    change(laptop, case, replace(case, committee_id=other))
    assert last_verdict(laptop) == (REFUSED, SCOPE)


def test_a_neighbours_case_cannot_be_claimed(
    county: RunningCounty, enrolled: NewLaptop, laptop: RawLaptop
) -> None:
    other = enrolled(county.mediator(county.committee("330108001003", "邻村")))
    theirs = other.new_case()
    other.exchange()
    laptop.save(replace(theirs, committee_id=laptop.committee), base=other.journal[-1].hash)
    assert last_verdict(laptop) == (REFUSED, SCOPE)


def test_a_mediator_cannot_review(laptop: RawLaptop) -> None:
    case = laptop.new_case()
    laptop.save(
        Review(id=new_id(), case_id=case.id, decision=Decision.APPROVED, at=AT, author="我")
    )
    assert last_verdict(laptop) == (REFUSED, SCOPE)


def test_a_supervisor_can_only_review(
    county: RunningCounty, enrolled: NewLaptop, laptop: RawLaptop
) -> None:
    case = laptop.new_case()
    laptop.exchange()
    supervisor = enrolled(county.supervisor())
    supervisor.save(
        Review(
            id=new_id(),
            case_id=case.id,
            decision=Decision.RETURNED,
            at=AT,
            author="李",
            text="缺页",
        )
    )
    assert last_verdict(supervisor) == ("applied", "")
    supervisor.save(replace(case, stage=Stage.FILED), base=laptop.journal[-1].hash)
    assert last_verdict(supervisor) == (REFUSED, SCOPE)


def test_a_supervisor_of_another_region_cannot_review(
    county: RunningCounty, enrolled: NewLaptop, laptop: RawLaptop
) -> None:
    case = laptop.new_case()
    laptop.exchange()
    supervisor = enrolled(county.supervisor("330109"))
    supervisor.save(
        Review(id=new_id(), case_id=case.id, decision=Decision.APPROVED, at=AT, author="外")
    )
    assert last_verdict(supervisor) == (REFUSED, SCOPE)


def test_a_committee_made_up_before_enrolment_is_the_own_one(
    county: RunningCounty, laptop: RawLaptop
) -> None:
    home = Committee(id=new_id(), name="某村调委会")
    mediator = Mediator(id=new_id(), committee_id=home.id, name="王调解")
    laptop.write(change_of(mediator), change_of(home))
    laptop.save(Person(id=new_id(), name="张三"))
    laptop.save(Case(id=new_id(), committee_id=home.id, matter="屋檐滴水"))
    assert [kind for _, kind, _ in verdicts(laptop.exchange())] == ["applied"] * 3
    with county.session() as session:
        owners = {row.committee_id for row in session.exec(select(RecordState))}
    assert owners == {laptop.committee}


def test_nobody_can_take_a_committee_that_is_known(
    county: RunningCounty, enrolled: NewLaptop, laptop: RawLaptop
) -> None:
    other = enrolled(county.mediator(county.committee("330108001003", "邻村")))
    laptop.save(Committee(id=other.committee, name="我的"))
    assert last_verdict(laptop) == (REFUSED, SCOPE)


@pytest.fixture
def colleagues(county: RunningCounty, enrolled: NewLaptop) -> tuple[RawLaptop, RawLaptop]:
    """Two laptops of one committee."""
    committee = county.committee()
    return enrolled(county.mediator(committee)), enrolled(county.mediator(committee, "赵调解"))


def test_two_laptops_that_change_different_fields_are_merged(
    county: RunningCounty, colleagues: tuple[RawLaptop, RawLaptop]
) -> None:
    one, two = colleagues
    case = one.new_case()
    first = one.journal[-1].hash
    one.exchange()
    change(one, case, replace(case, title="甲"))
    one.exchange()
    two.write(Change(kind="case", id=case.id, base=first, set={"registrar": "乙"}))
    assert last_verdict(two) == ("applied", "")
    with county.session() as session:
        held = session.get_one(RecordState, ("case", case.id)).fields
    assert '"registrar":"乙"' in held
    assert '"title":"甲"' in held


def test_two_laptops_that_change_one_field_are_in_conflict(
    county: RunningCounty, colleagues: tuple[RawLaptop, RawLaptop]
) -> None:
    one, two = colleagues
    case = one.new_case()
    first = one.journal[-1].hash
    change(one, case, replace(case, title="甲"))
    one.exchange()
    two.write(Change(kind="case", id=case.id, base=first, set={"title": "乙"}))
    assert last_verdict(two) == (CONFLICT, ProblemCode.VERDICT_CONFLICT.value)
    # What stands on it waits with it; the same value is no conflict; another record goes on.
    two.write(Change(kind="case", id=case.id, base=two.journal[-1].hash, set={"title": "丙"}))
    two.write(Change(kind="case", id=case.id, base=first, set={"title": "甲"}))
    two.new_case()
    kinds = [kind for _, kind, _ in verdicts(two.exchange())]
    assert kinds == [CONFLICT, CONFLICT, "applied", "applied"]
    # A conflict is nobody else's business until a person has decided.
    assert [entry.seq for entry in written(one.exchange([], cursor=0))] == [3, 4]


def signed_agreement(laptop: RawLaptop, *, hands: bool) -> Agreement:
    """A final agreement, with one hand on it or none."""
    case = laptop.new_case()
    party = new_id()
    hand = SignOff(signer=Signer.PARTY, methods=(Method.FINGERPRINT,), on=AT.date(), party_id=party)
    agreement = Agreement(
        id=new_id(),
        case_id=case.id,
        form=AgreementForm.WRITTEN,
        state=AgreementState.FINAL,
        clauses=(Clause(id=new_id(), text="三日内修好屋檐。"),),
        party_ids=(party, new_id()),
        content_hash="a" * 64,
        sign_offs=(hand,) if hands else (),
    )
    laptop.save(agreement)
    assert last_verdict(laptop) == ("applied", "")
    return agreement


def test_the_text_of_a_sealed_agreement_cannot_change(laptop: RawLaptop) -> None:
    sealed = signed_agreement(laptop, hands=True)
    change(laptop, sealed, replace(sealed, clauses=(Clause(id=new_id(), text="十日内修好。"),)))
    assert last_verdict(laptop) == (REFUSED, SEALED)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": AgreementState.DRAFT},
        {"content_hash": ""},
        {"number": "〔2026〕某人调字第999号"},
        {"facts": "改了"},
    ],
)
def test_a_signed_agreement_cannot_be_undone(laptop: RawLaptop, fields: dict[str, object]) -> None:
    sealed = signed_agreement(laptop, hands=True)
    change(laptop, sealed, replace(sealed, **fields))  # type: ignore[arg-type]
    assert last_verdict(laptop) == (REFUSED, SEALED)


def test_signing_and_performing_are_not_changes_of_the_text(laptop: RawLaptop) -> None:
    final = signed_agreement(laptop, hands=False)
    hand = SignOff(signer=Signer.COMMITTEE, methods=(Method.SEAL,), on=AT.date())
    signed = replace(final, sign_offs=(hand,), state=AgreementState.EFFECTIVE)
    change(laptop, final, signed)
    assert last_verdict(laptop) == ("applied", "")
    change(laptop, signed, replace(signed, performed_on=AT.date()))
    assert last_verdict(laptop) == ("applied", "")
    change(laptop, signed, replace(signed, sign_offs=()))
    assert last_verdict(laptop) == (REFUSED, SEALED)


def test_before_anybody_signed_it_may_be_spoiled(laptop: RawLaptop) -> None:
    final = signed_agreement(laptop, hands=False)
    draft = replace(final, state=AgreementState.DRAFT, content_hash="")
    change(laptop, final, draft)
    assert last_verdict(laptop) == ("applied", "")
    change(laptop, draft, replace(draft, facts="补充"))
    assert last_verdict(laptop) == ("applied", "")
