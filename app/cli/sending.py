"""`heshi sync`, `waiting`, `journal verify` and `enrol`.

The line to the county, and the journal behind it.
"""

from __future__ import annotations

import argparse
import json

from app.cli.house import House, in_house, open_house
from app.cli.words import Say, Speaker
from app.domain.problems import ProblemCode, refuse
from app.services.ports import UnitOfWork

PAGE = 500


def sync(arguments: argparse.Namespace, speaker: Speaker) -> int:
    """Sends what waits and takes in what others wrote."""

    def work(house: House) -> int:
        from app.security.device import OwnIdentities
        from app.services.exchange import exchange_once, latest_proven
        from app.services.renewal import finish
        from app.sync.http_line import HttpLine

        with house.unit() as uow:
            url, key = uow.settings.get("county.url"), uow.settings.get("county.key")
            proven = latest_proven(uow)
        if not url or not key:
            raise refuse(ProblemCode.NOT_ENROLLED)
        line = HttpLine(url, best_time=lambda: proven)
        try:
            device = finish(house.unit, line, house.device, OwnIdentities(), house.check)
            house.store.attach(device, house.check)
            done = exchange_once(house.unit, line, device, house.check)
        finally:
            line.close()
        speaker.say(
            Say.SENT,
            sent=done.sent,
            received=done.received,
            pulled=done.pulled,
            attention=done.attention,
        )
        if done.more:
            speaker.say(Say.MORE_WAITS)
        return 0

    return in_house(arguments, speaker, work)


def waiting(arguments: argparse.Namespace, speaker: Speaker) -> int:
    """The journal's tail that no receipt covers."""

    def work(house: House) -> int:
        from app.ui.runtime.problems import ACT_NAMES, delivery_name

        with house.unit() as uow:
            lines = uow.lists.waiting()
            enrolled = uow.lists.status().enrolled
            kept = 0 if enrolled else _own_entries(uow)
        if not enrolled and not arguments.json:
            speaker.say(Say.NOT_ENROLLED_YET, entries=kept)
            return 0
        if not enrolled:
            # Standard output stays what a program reads.
            speaker.warn(Say.NOT_ENROLLED_YET, entries=kept)
        if arguments.json:
            plain = [
                {
                    "seq": line.seq,
                    "at": line.at.isoformat(),
                    "act": line.act,
                    "case": line.case_id,
                    "title": line.case_title,
                    "bytes": line.size,
                    "delivery": line.delivery.value,
                    "problem": line.problem,
                }
                for line in lines
            ]
            speaker.out(json.dumps(plain, ensure_ascii=False, indent=2))
            return 0
        english = speaker.language.startswith("en")
        acts = {act.value: words[english] for act, words in ACT_NAMES.items()}
        for line in lines:
            state = delivery_name(line.delivery.value, speaker.language)
            name = acts.get(line.act, line.act)
            speaker.out(f"{line.seq}  {state}  {name}  {line.case_title}  {line.problem}".rstrip())
        if not lines:
            speaker.say(Say.NOTHING_WAITS)
        return 0

    return in_house(arguments, speaker, work)


def _own_entries(uow: UnitOfWork) -> int:
    """How many entries this computer has written."""
    count = 0
    while page := uow.journal.own_from(count + 1, PAGE):
        count += len(page)
    return count


def verify(arguments: argparse.Namespace, speaker: Speaker) -> int:
    """Walks the own journal from its first entry. Raises JOURNAL_BROKEN."""

    def work(house: House) -> int:
        with house.unit() as uow:
            found = uow.journal.verify()
        if found.broken_at is not None:
            raise refuse(ProblemCode.JOURNAL_BROKEN, "", seq=found.broken_at)
        speaker.say(Say.JOURNAL_WHOLE, entries=found.entries)
        return 0

    return in_house(arguments, speaker, work)


def enrol(arguments: argparse.Namespace, speaker: Speaker) -> int:
    """Makes this laptop known to a county with a one-time code; anew, where the county does not
    listen to it any more.

    A new folder gets its key and store first.
    """
    from app.security.device import OwnIdentities
    from app.services.renewal import enrol_or_renew
    from app.sync.http_line import HttpLine

    line = HttpLine(arguments.url)
    try:
        with open_house(arguments, create=True) as house:
            done, device = enrol_or_renew(
                house.unit,
                line,
                house.device,
                OwnIdentities(),
                house.check,
                arguments.code,
                address=arguments.url,
            )
            anew = device is not house.device
            with house.unit() as uow:
                waiting = uow.lists.status().waiting
    finally:
        line.close()
    say = Say.ENROLLED_ANEW if anew else Say.ENROLLED
    speaker.say(say, county=done.county_name, person=done.person, entries=waiting)
    return 0


VERBS = {"sync": sync, "waiting": waiting, "journal": verify, "enrol": enrol}
