"""Two hands on one case: forty pairs of things that two people do to one case before they have
heard of each other, in both orders of arrival.

Afterwards everybody has the same records or shows the same conflicts, and nothing that was written
is nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

import pytest

from app.domain.acts import Act
from app.domain.agreements import AgreementState, Clause, spoil
from app.domain.attachments import Attachment, AttachmentKind
from app.domain.cases import Closing, RiskGrade, Stage
from app.domain.committees import Committee
from app.domain.evidence import Evidence
from app.domain.followups import FollowUp
from app.domain.ids import RecordId, new_id
from app.domain.numbering import IssuedNumber
from app.domain.reviews import Submission
from app.domain.sessions import Session
from app.domain.settlements import Choice
from app.services.conflicts import OpenConflict
from app.services.handovers import hand_over
from app.wire.journal import Entry, entry_bytes, entry_hash
from tests.county.two_hands import (
    Hands,
    World,
    assign,
    begin,
    check_agreed,
    colleague,
    conflicts,
    differing,
    head,
    lost,
    settle_all,
    told_by,
    world,
)
from tests.county.village import Village
from tests.storage.village import finalised, signed_by

Do = Callable[[Hands, Village], None]
DAY = date(2026, 3, 20)


# What one pair of hands does.


def case(**fields: Any) -> Do:
    return lambda hands, who: hands.change(who, hands.case, **fields)


def first_person(**fields: Any) -> Do:
    return lambda hands, who: hands.change(who, hands.people[0], **fields)


def unit(**fields: Any) -> Do:
    return lambda hands, who: hands.change(who, hands.unit, **fields)


def first_party(**fields: Any) -> Do:
    return lambda hands, who: hands.change(who, hands.parties[0], **fields)


def session(**fields: Any) -> Do:
    return lambda hands, who: hands.change(who, hands.session, **fields)


def draft(**fields: Any) -> Do:
    return lambda hands, who: hands.change(who, hands.draft, **fields)


def both(*several: Do) -> Do:
    def do(hands: Hands, who: Village) -> None:
        for one in several:
            one(hands, who)

    return do


def at_once(hands: Hands, who: Village) -> None:
    """One entry with a new session, a corrected telephone number and a new stage."""
    hands.put(
        who,
        replace(hands.now(who, hands.case), stage=Stage.ACCEPTED),
        replace(hands.now(who, hands.people[0]), phone="13800000001"),
        Session(id=new_id(), case_id=hands.case.id, ordinal=2, place="祠堂"),
    )


def seal(number: int) -> Do:
    def do(hands: Hands, who: Village) -> None:
        paper = replace(
            finalised(hands.now(who, hands.draft)),
            number=f"〔2026〕九溪人调字第{number:03d}号",
            content_hash=f"{number:02x}" * 32,
            version=1,
        )
        issued = IssuedNumber(
            id=new_id(),
            committee_id=hands.case.committee_id,
            year=2026,
            serial=0,
            text=paper.number,
            agreement_id=RecordId(paper.id),
        )
        hands.put(who, paper, issued, act=Act.AGREEMENT_FINALISED)

    return do


def spoiled(hands: Hands, who: Village) -> None:
    hands.put(who, spoil(hands.now(who, hands.draft), "写错"), act=Act.AGREEMENT_SPOILED)


def signed(side: int) -> Do:
    def do(hands: Hands, who: Village) -> None:
        now = hands.now(who, hands.draft)
        party_id = RecordId(hands.parties[side].id)
        hands.put(who, signed_by(now, party_id), act=Act.AGREEMENT_SIGNED)

    return do


def added(make: Callable[[Hands], Any]) -> Do:
    return lambda hands, who: hands.put(who, make(hands))


def scan(digest: str) -> Do:
    return added(
        lambda hands: Attachment(
            id=new_id(),
            case_id=hands.case.id,
            kind=AttachmentKind.PHOTO,
            sha256=digest * 32,
            size=9,
            media_type="image/jpeg",
        )
    )


def new_session(place: str) -> Do:
    return added(lambda hands: Session(id=new_id(), case_id=hands.case.id, ordinal=2, place=place))


def visit(words: str) -> Do:
    return added(
        lambda hands: FollowUp(id=new_id(), case_id=hands.case.id, visited_on=DAY, findings=words)
    )


def piece(hands: Hands, who: Village) -> None:
    hands.put(who, Evidence(id=new_id(), case_id=hands.case.id, ordinal=1, name="照片"))


def handed_to_third(hands: Hands, who: Village) -> None:
    with who.store.unit() as uow:
        hand_over(uow, hands.case.id, colleague(uow, hands.case.id, hands.world.third), "太远")


def submitted(hands: Hands, who: Village) -> None:
    with who.store.unit() as uow:
        uow.records.put(
            Submission(id=new_id(), case_id=hands.case.id, at=uow.now(), author=uow.actor.name)
        )
        uow.commit(Act.FILE_SUBMITTED, hands.case.id)


def helper(**fields: Any) -> Do:
    return lambda hands, who: hands.change(who, hands.helper, **fields)


def committee(**fields: Any) -> Do:
    def do(hands: Hands, who: Village) -> None:
        with who.store.unit() as uow:
            (known,) = uow.records.all(Committee)
        hands.put(who, replace(known, **fields))

    return do


MERGES, COLLIDES, SUPERVISOR = "merges", "collides", "supervisor"
CLAUSE = (Clause(id=RecordId("0" * 8 + "-0000-7000-8000-" + "0" * 12), text="另赔一百元"),)
CLOSED = Closing(on=DAY, result="AGREED")

# Name, what both had done before, the first laptop, the second one, and what comes of it.
PAIRS: tuple[tuple[str, Do | None, Do, Do, str], ...] = (
    ("one field", None, case(title="甲"), case(title="乙"), COLLIDES),
    ("two fields", None, case(title="甲"), case(registrar="乙"), MERGES),
    ("one field, one value", None, case(title="同"), case(title="同"), MERGES),
    ("one list", None, case(requests=("修",)), case(requests=("赔",)), COLLIDES),
    ("two lists", None, case(requests=("修",)), case(dispute_tags=("LAND",)), MERGES),
    ("one code", None, case(risk_grade=RiskGrade.RED), case(risk_grade=RiskGrade.YELLOW), COLLIDES),
    ("one date, emptied and set", None, case(occurred_on=DAY), case(facts="雨天"), MERGES),
    ("one amount", None, case(amount_claimed=100), case(amount_claimed=200), COLLIDES),
    (
        "a nested value",
        None,
        case(closing=CLOSED),
        case(closing=replace(CLOSED, opinion="按时履行")),
        COLLIDES,
    ),
    ("stage and facts", None, case(stage=Stage.ACCEPTED), case(facts="雨天"), MERGES),
    ("stage and stage", None, case(stage=Stage.ACCEPTED), case(stage=Stage.NOT_ACCEPTED), COLLIDES),
    (
        "a row of changes that collide",
        None,
        both(case(title="甲"), case(facts="一"), case(title="丙")),
        case(title="乙"),
        COLLIDES,
    ),
    (
        "a row of changes that meet in the second",
        None,
        both(case(title="甲"), case(facts="一")),
        case(facts="二"),
        COLLIDES,
    ),
    (
        "two rows that do not meet",
        None,
        both(case(title="甲"), case(registrar="王")),
        both(case(facts="一"), case(risk_reason="二")),
        MERGES,
    ),
    ("one person, one field", None, first_person(phone="1"), first_person(phone="2"), COLLIDES),
    ("one person, two fields", None, first_person(phone="1"), first_person(address="村东"), MERGES),
    ("one name", None, first_person(name="张山"), first_person(name="张珊"), COLLIDES),
    ("one unit, two fields", None, unit(phone="1"), unit(address="镇上"), MERGES),
    ("one unit, one field", None, unit(phone="1"), unit(phone="2"), COLLIDES),
    ("one mediator", None, helper(phone="1"), helper(phone="2"), COLLIDES),
    (
        "one mediator, two fields",
        None,
        helper(phone="3"),
        helper(name="王"),
        MERGES,
    ),
    (
        "one committee",
        None,
        committee(phone="1"),
        committee(address="村头"),
        MERGES,
    ),
    (
        "a party edited and voided",
        None,
        first_party(group="甲组"),
        first_party(void_reason="重了"),
        MERGES,
    ),
    (
        "a party voided for two reasons",
        None,
        first_party(void_reason="重了"),
        first_party(void_reason="不是他"),
        COLLIDES,
    ),
    (
        "a session told twice",
        None,
        session(outcome_text="谈成"),
        session(outcome_text="没谈成"),
        COLLIDES,
    ),
    (
        "a session, two fields",
        None,
        session(begun_at=time(9)),
        session(outcome_text="谈成"),
        MERGES,
    ),
    (
        "a session edited and voided",
        None,
        session(place="家里"),
        session(void_reason="没开成"),
        MERGES,
    ),
    ("two new sessions", None, new_session("祠堂"), new_session("村口"), MERGES),
    ("two visits", None, visit("还好"), visit("又吵"), MERGES),
    ("attach and attach", None, scan("ab"), scan("cd"), MERGES),
    ("attach the same", None, scan("ab"), scan("ab"), MERGES),
    ("attach and void", None, scan("ab"), first_party(void_reason="重了"), MERGES),
    ("evidence and edit", None, piece, case(title="乙"), MERGES),
    ("many records at once", None, at_once, first_person(phone="13900000002"), COLLIDES),
    (
        "many at once, and what follows",
        None,
        both(at_once, case(facts="后来")),
        case(stage=Stage.NOT_ACCEPTED),
        COLLIDES,
    ),
    ("a draft, one field", None, draft(facts="甲说"), draft(facts="乙说"), COLLIDES),
    ("a draft, two fields", None, draft(facts="甲说"), draft(manner="现金"), MERGES),
    ("edit and seal", None, draft(facts="甲说"), seal(2), COLLIDES),
    ("clauses and seal", None, draft(clauses=CLAUSE), seal(2), COLLIDES),
    ("seal and seal", None, seal(1), seal(2), SUPERVISOR),
    ("seal and a change elsewhere", None, seal(1), case(title="乙"), MERGES),
    ("sign and spoil", seal(3), signed(0), spoiled, COLLIDES),
    ("sign and sign", seal(4), signed(0), signed(1), COLLIDES),
    ("sign and perform", seal(5), signed(0), draft(performed_on=DAY), MERGES),
    ("edit and hand over", None, case(title="甲"), handed_to_third, MERGES),
    ("hand over and hand over", None, handed_to_third, both(), COLLIDES),
    ("edit and hand in", None, case(title="甲"), submitted, MERGES),
)


@dataclass
class Played:
    """What became of one pair before anybody decided: which records differ, what was lost, and
    what was set aside.
    """

    differing: list[str]
    lost: list[str]
    aside: list[OpenConflict]


@dataclass
class Play:
    """All pairs, played in one world; `first` tells whose entries came in first."""

    here: World
    first: bool
    hands: dict[str, Hands]
    pairs: dict[str, Played]


@pytest.fixture(scope="module", params=[True, False], ids=["first comes first", "second does"])
def play(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Play]:
    with world(tmp_path_factory.mktemp("two_hands")) as here:
        hands = {name: begin(here) for name, *_ in PAIRS}
        for name, before, *_ in PAIRS:
            if before:
                before(hands[name], here.first)
        here.quiet()
        for one in hands.values():
            assign(here, one.case, here.second)
        here.supervisor.sync()
        here.second.sync()
        told = {name: _both(here, hands[name], one, other) for name, _, one, other, _ in PAIRS}
        order = (here.first, here.second) if request.param else (here.second, here.first)
        for who in order:
            who.sync()
        here.quiet()
        waiting = conflicts(here.supervisor)
        pairs = {}
        for name, entries in told.items():
            touched = {(it.kind, it.id) for entry in entries for it in entry.changes}
            mine = {entry_hash(entry_bytes(one)) for one in entries}
            pairs[name] = Played(
                differing(here, touched),
                lost(here, entries),
                [one for one in waiting if one.entry_hash in mine],
            )
        yield Play(here, request.param, hands, pairs)


def _both(here: World, hands: Hands, one: Do, other: Do) -> list[Entry]:
    """What both do without having heard of each other, and the entries that it makes."""
    marks = [(who, head(who)) for who in (here.first, here.second)]
    one(hands, here.first)
    other(hands, here.second)
    return [entry for who, mark in marks for entry in told_by(who, mark)]


@pytest.mark.parametrize(
    ("name", "outcome"), [(pair[0], pair[4]) for pair in PAIRS], ids=[pair[0] for pair in PAIRS]
)
def test_two_hands(play: Play, name: str, outcome: str) -> None:
    played = play.pairs[name]
    assert played.differing == []
    assert played.lost == []
    assert bool(played.aside) is (outcome != MERGES)
    assert any(one.for_supervisor for one in played.aside) is (outcome == SUPERVISOR)
    for one in played.aside:
        assert one.by in ("王调解", "赵调解")
        colliding = [line for line in one.lines if line.collides]
        assert {line.other.by for line in one.lines} <= {one.by}
        # Two hands, by name: nobody is in conflict with himself.
        assert all(line.in_force.by not in ("", one.by) for line in colliding)


def test_all_is_decided_and_all_agree(play: Play) -> None:
    here = play.here
    check_agreed(here)
    wanted = Choice.OTHER if play.first else Choice.IN_FORCE
    refused = settle_all(here, wanted)
    # Sealed texts, and a case that its laptop does not have any more.
    assert (refused > 0) is play.first
    check_agreed(here)
    for one in here.everybody:
        with one.store.unit() as uow:
            assert uow.lists.status().conflicts == 0
            assert uow.lists.status().attention == 0
    _check_choices(play)


def _check_choices(play: Play) -> None:
    """What came second was chosen everywhere where `first` came first, and nowhere else."""

    def now(name: str, record: str) -> Any:
        hands = play.hands[name]
        return hands.now(play.here.supervisor, getattr(hands, record))

    assert now("one field", "case").title == "乙"
    assert now("one list", "case").requests == ("赔",)
    assert now("one unit, one field", "unit").phone == "2"
    hands = play.hands["hand over and hand over"]
    with play.here.third.store.unit() as uow:
        assert uow.records.is_foreign(hands.case.id) is not play.first
    if play.first:
        # A sealed text is taken as a whole: what came in between is not mixed into it.
        paper = now("edit and seal", "draft")
        assert (paper.state, paper.facts) == (AgreementState.FINAL, "")
        assert paper.content_hash == "02" * 32
    # Of two papers none is touched: a supervisor has said which one holds.
    assert now("seal and seal", "draft").number.endswith("001号" if play.first else "002号")
