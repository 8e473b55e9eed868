"""Sealed papers of which one byte was changed, anywhere: all are found. Good ones raise no alarm.

``HESHI_FAULT_TRIALS=1000`` for the long run.
"""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from app.security.paper_check import check_paper
from app.security.paper_seal import PaperSeal
from app.services.paper_findings import PaperDamage, PaperTrust, PaperVerdict, reason_of
from tests.faults.trials import trials
from tests.sealed_papers import (
    AT,
    BY_COUNTY,
    BY_ITSELF,
    CERTIFICATE,
    DEVICE,
    HASH,
    KEY,
    PERSON,
    printed,
    sealed,
)

CHANGES, GOOD = trials(60), max(10, trials(60) // 10)


@pytest.mark.parametrize(
    ("certified", "trust"), [(True, BY_COUNTY), (False, BY_ITSELF), (True, PaperTrust())]
)
def test_one_changed_byte_is_found(certified: bool, trust: PaperTrust) -> None:
    chance = random.Random(1000)
    good = sealed(certified=certified)
    unseen = []
    for _ in range(CHANGES):
        place, flip = chance.randrange(len(good)), chance.randrange(1, 256)
        pdf = bytearray(good)
        pdf[place] ^= flip
        if check_paper(bytes(pdf), trust).verdict is not PaperVerdict.CHANGED:
            unseen.append((place, flip))
    assert unseen == []


def test_a_changed_byte_of_the_container_is_found() -> None:
    """The bytes that no digest covers: the signature itself and the zeros behind it."""
    chance = random.Random(2000)
    good = sealed()
    begin = good.index(b"<3082", len(printed()))
    end = good.index(b">", begin + 1) + 1
    unseen = []
    for _ in range(CHANGES):
        place = chance.randrange(begin, end)
        # Mostly other hex digits: what a viewer would read without a murmur.
        fresh = chance.choice(b"0123456789ABCDEFabcdef <>\n")
        if fresh == good[place]:
            continue
        pdf = good[:place] + bytes([fresh]) + good[place + 1 :]
        if check_paper(pdf, BY_COUNTY).verdict is not PaperVerdict.CHANGED:
            unseen.append((place, fresh))
    assert unseen == []


def test_a_good_paper_raises_no_alarm() -> None:
    seal = PaperSeal(KEY, DEVICE, CERTIFICATE)
    for number in range(GOOD):
        at = AT + timedelta(hours=7 * number)
        reason = reason_of(f"〔2026〕梨树坡村人调字第{number:03d}号", number, HASH)
        found = check_paper(seal.sign(printed(), at=at, reason=reason), BY_COUNTY)
        assert (found.verdict, found.damage, found.person, found.signed_at) == (
            PaperVerdict.UNCHANGED,
            PaperDamage.NONE,
            PERSON,
            at,
        )
        assert found.claims and found.claims.version == number
