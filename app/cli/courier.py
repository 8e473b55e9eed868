"""`heshi usb export` and `usb read`: what waits goes onto a stick, and the county's answer comes
back from one.
"""

from __future__ import annotations

import argparse

from app.cli.house import House, in_house
from app.cli.words import Say, Speaker
from app.domain.problems import ProblemCode, refuse


def export(arguments: argparse.Namespace, speaker: Speaker) -> int:
    """Puts everything that waits onto the stick; each file that was made is a line of output."""

    def work(house: House) -> int:
        from app.services.usb import export_to_usb

        made = export_to_usb(house.unit, house.device, arguments.folder)
        speaker.say(Say.USB_WRITTEN, entries=made.entries, files=made.attachments)
        for one in made.files:
            speaker.out(str(one))
        speaker.warn(Say.USB_STILL_WAITS)
        return 0

    return in_house(arguments, speaker, work)


def read(arguments: argparse.Namespace, speaker: Speaker) -> int:
    """Stores one answer, or all for this laptop that lie in a folder."""

    def work(house: House) -> int:
        from app.services.usb import answers_in, read_answer

        place = arguments.file
        files = answers_in(place, house.device) if place.is_dir() else (place,)
        if not files:
            raise refuse(ProblemCode.USB_NO_ANSWER)
        for one in files:
            done = read_answer(house.unit, house.device, house.check, one)
            speaker.say(
                Say.USB_READ_AGAIN if done.again else Say.USB_READ,
                received=done.stored.received,
                files=done.stored.files_received,
                pulled=done.stored.pulled,
                attention=len(done.stored.attention),
            )
        return 0

    return in_house(arguments, speaker, work)


VERBS = {"export": export, "read": read}
