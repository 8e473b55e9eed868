"""Certain orders of what was done offline stuck in the outbox for ever. So every two of a dozen
things, one after the other in both orders, are done to a case offline, and then it is sent.
"""

from __future__ import annotations

from itertools import product

import pytest

from app.county.laptops import refused_entries
from app.domain.problems import Refused
from app.services.lines import Delivery
from tests.county.server import RunningCounty
from tests.county.two_hands import World, differing
from tests.county.village import Village
from tests.fakes import practice
from tests.journeys.complaints.acts import ACTS, FREEZE, HAND_IN, SIGN, Ripe, ripen
from tests.journeys.complaints.conftest import Enrolled
from tests.journeys.complaints.contacts import contact, deliveries, status, waiting, waiting_files

PAIRS = list(product(ACTS, repeat=2))
# Whoever joins must be told of rights first; what is handed in waits for its answer.
NOT_ALLOWED = [
    ("add a party", "conclude the session"),
    ("add a party", FREEZE),
    ("add a party", SIGN),
    (HAND_IN, HAND_IN),
]


def did(village: Village, ripe: Ripe, name: str) -> bool:
    """Whether the program let it happen; what it does not, leaves no trace."""
    try:
        with village.store.unit() as uow:
            ACTS[name](uow, ripe, practice())
    except Refused:
        return False
    return True


@pytest.fixture
def office(enrolled: Enrolled) -> Village:
    return enrolled("office", supervisor=True)


def test_certain_orders_of_actions_stick_in_the_outbox(
    county: RunningCounty, village: Village, enrolled: Enrolled, office: Village
) -> None:
    colleague = enrolled("colleague")
    first = ripen(village)
    stopped = []
    for pair in PAIRS:
        ripe = first.again(village)
        # Nothing can be handed in before something is agreed.
        names = (FREEZE, *pair) if HAND_IN in pair else pair
        if not all(did(village, ripe, name) for name in names):
            stopped.append(pair)
    assert stopped == NOT_ALLOWED
    contact(village)
    assert (waiting(village), waiting_files(village), status(village).attention) == ((), (), 0)
    assert set(deliveries(village).values()) == {Delivery.COMPLETE}
    with county.session() as session:
        assert refused_entries(session, village.id) == []
    for one in (colleague, office):
        contact(one)
    assert differing(World(county, village, colleague, colleague, office)) == []
