"""`heshi set-up`: the first start without a window."""

from __future__ import annotations

import argparse

from app.cli.house import open_house, region_name
from app.cli.words import Say, Speaker
from app.domain.committees import Committee, Mediator
from app.domain.ids import new_id
from app.services import committees


def set_up(arguments: argparse.Namespace, speaker: Speaker) -> int:
    """Makes key, store and device, and stores the committee with its mediator."""
    committee = Committee(
        id=new_id(),
        name=arguments.committee,
        short_name=arguments.short,
        region_code=arguments.region,
        region_name=region_name(arguments.region),
    )
    mediator = Mediator(id=new_id(), committee_id=committee.id, name=arguments.mediator)
    with open_house(arguments, create=True) as house:
        with house.unit() as uow:
            committees.set_up(uow, committee, mediator)
        speaker.say(Say.SET_UP, committee=committee.name, mediator=mediator.name)
        keyring = house.way == "keyring"
        speaker.say(Say.WITH_KEYRING if keyring else Say.WITH_PASSWORD)
    return 0
