"""Enrolment: a code works once, for one laptop, for 72 hours, and never travels."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from app.county.clock import utc_now
from app.county.enrolment import TRIES_PER_CODE, WRONG_PER_HOUR
from app.county.tables import EnrolmentCode
from app.domain.problems import ProblemCode, Refused
from app.sync.http_line import HttpLine
from app.wire.exchange import code_key, county_proof, read_code
from tests.county.laptop import RawLaptop
from tests.county.server import RunningCounty

WRONG = "00000-00000"


def refused(laptop: RawLaptop, code: str) -> ProblemCode:
    with pytest.raises(Refused) as caught:
        laptop.enrol(code)
    return caught.value.first.code


def test_a_laptop_is_enrolled_with_what_it_needs(
    county: RunningCounty, stranger: RawLaptop
) -> None:
    committee = county.committee()
    code = county.code(county.mediator(committee))
    answer = stranger.enrol(code, nonce="a" * 32)
    assert answer.county_name == "示例县司法局"
    assert answer.proof == county_proof(code_key(code), county.key.public, stranger.id, "a" * 32)
    assert answer.committee and answer.committee["id"] == committee
    assert answer.mediator and answer.mediator["name"] == "王调解"
    [block] = answer.blocks
    assert (block.first, block.last) == (1, 200)
    assert stranger.card and stranger.card.role == "mediator"


def test_a_code_may_be_typed_as_people_type(county: RunningCounty) -> None:
    code = county.code(county.mediator(county.committee()))
    typed = f" {code[:5].lower()} - {code[5:]}".replace("0", "o").replace("1", "l")
    assert read_code(typed) == code


def test_only_the_hash_of_a_code_is_kept(county: RunningCounty) -> None:
    code = county.code(county.mediator(county.committee()))
    with county.session() as session:
        assert session.get(EnrolmentCode, code_key(code).hex())
        assert session.get(EnrolmentCode, code) is None


def test_the_same_laptop_may_ask_again(county: RunningCounty, stranger: RawLaptop) -> None:
    code = county.code(county.mediator(county.committee()))
    first, second = stranger.enrol(code), stranger.enrol(code)
    assert first.card == second.card
    assert first.blocks == second.blocks


def test_a_second_laptop_is_told_that_the_code_is_used(
    county: RunningCounty, stranger: RawLaptop
) -> None:
    code = county.code(county.mediator(county.committee()))
    stranger.enrol(code)
    second = RawLaptop(stranger.line, county.key.public)
    assert refused(second, code) is ProblemCode.CODE_EXPIRED


def test_of_two_laptops_that_race_exactly_one_wins(
    county: RunningCounty, stranger: RawLaptop
) -> None:
    code = county.code(county.mediator(county.committee()))
    lines = [HttpLine(county.address) for _ in range(2)]
    racers = [RawLaptop(line, county.key.public) for line in lines]
    told: list[ProblemCode | str] = []
    gate = threading.Barrier(2)

    def race(laptop: RawLaptop) -> None:
        gate.wait()
        try:
            laptop.enrol(code)
            told.append("enrolled")
        except Refused as refusal:
            told.append(refusal.first.code)

    threads = [threading.Thread(target=race, args=(one,)) for one in racers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for line in lines:
        line.close()
    assert set(told) == {"enrolled", ProblemCode.CODE_EXPIRED}


def test_a_code_expires(county: RunningCounty, stranger: RawLaptop) -> None:
    code = county.code(county.mediator(county.committee()))
    county.stands_still_at(utc_now() + timedelta(hours=73))
    assert refused(stranger, code) is ProblemCode.CODE_EXPIRED


def test_five_wrong_tries_void_the_code_for_this_laptop(
    county: RunningCounty, stranger: RawLaptop
) -> None:
    account = county.mediator(county.committee())
    code = county.code(account)
    for _ in range(TRIES_PER_CODE):
        assert refused(stranger, WRONG) is ProblemCode.CODE_WRONG
    assert refused(stranger, code) is ProblemCode.CODE_EXPIRED
    # A fresh code from the county helps again.
    assert stranger.enrol(county.code(account))


def test_others_are_not_locked_out_by_one_who_mistypes(
    county: RunningCounty, stranger: RawLaptop
) -> None:
    code = county.code(county.mediator(county.committee()))
    for _ in range(TRIES_PER_CODE):
        refused(stranger, WRONG)
    assert RawLaptop(stranger.line, county.key.public).enrol(code)


def test_guessing_from_one_source_is_slowed_down(
    county: RunningCounty, stranger: RawLaptop
) -> None:
    for _ in range(WRONG_PER_HOUR):
        refused(RawLaptop(stranger.line, county.key.public), WRONG)
    code = county.code(county.mediator(county.committee()))
    assert refused(stranger, code) is ProblemCode.COUNTY_BUSY
    county.stands_still_at(utc_now() + timedelta(hours=2))
    assert stranger.enrol(code)


def test_a_revoked_laptop_is_not_enrolled_again(county: RunningCounty, laptop: RawLaptop) -> None:
    county.revoke(laptop.id)
    code = county.code(county.mediator(county.committee()))
    assert refused(laptop, code) is ProblemCode.DEVICE_REVOKED


def test_nobody_takes_over_the_name_of_another_device(
    county: RunningCounty, laptop: RawLaptop, stranger: RawLaptop
) -> None:
    stranger.device = type(stranger.device)(laptop.id, stranger.device._private)
    code = county.code(county.mediator(county.committee()))
    assert refused(stranger, code) is ProblemCode.COUNTY_REFUSED
