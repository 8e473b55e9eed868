"""A county server that kills itself at a chosen point, as a power cut would: ``python
dying_county.py FOLDER PORT [POINT [NTH]]``.

Nothing of it is tidied up: no answer is finished and no transaction ended.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import uvicorn

from app.county import answering, contact, exchange
from app.county.app import create_app
from app.county.database import sqlite_url
from app.county.file_intake import FileIntake
from app.county.keys import load_key

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Any]

# Where it dies in a contact: a part of entries has come; is stored and not committed; has its
# receipt besides; is committed. A piece of a file is on the disk; a file is whole and has its
# receipt. The answer is about to be gathered; its first byte has gone out.
BEFORE, INSIDE, RECEIPTED, COMMITTED = "before", "inside", "receipted", "committed"
PIECE, FILE_WHOLE = "piece", "file whole"
ANSWERING, FIRST_BYTE = "answering", "first byte"
POINTS = (BEFORE, INSIDE, RECEIPTED, COMMITTED, PIECE, FILE_WHOLE, ANSWERING, FIRST_BYTE)


class Doom:
    """Kills this process when it is called for the `nth` time."""

    def __init__(self, nth: int) -> None:
        self._left = nth

    def __call__(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def doomed(app: App, point: str, nth: int = 1) -> App:
    """The server, which dies when `point` comes for the `nth` time."""
    doom = Doom(nth)
    match point:
        case "before":
            _die(doom, contact.Contact, "_take_entries", first=True)
        case "inside":
            _die(doom, contact, "append")
        case "receipted":
            _die(doom, contact, "sign_span")
        case "committed":
            _die(doom, contact.Contact, "_take_entries")
        case "piece":
            _die(doom, FileIntake, "take")
        case "file whole":
            _die(doom, FileIntake, "_finish")
        case "answering":
            _die(doom, exchange, "read_page", first=True)
            _die(doom, answering, "read_log_page", first=True)
        case "first byte":
            return _cut_short(app, doom)
        case _:
            raise ValueError(point)
    return app


def _die(doom: Doom, holder: object, name: str, *, first: bool = False) -> None:
    """`holder` does what is called `name`, and death comes with it: after it, or `first`."""
    do: Callable[..., Any] = getattr(holder, name)

    def dying(*arguments: Any, **more: Any) -> Any:
        if first:
            doom()
        done = do(*arguments, **more)
        if not first:
            doom()
        return done

    setattr(holder, name, dying)


def _cut_short(app: App, doom: Doom) -> App:
    async def dying(scope: Message, receive: Receive, send: Send) -> None:
        async def first_byte(message: Message) -> None:
            if message["type"] != "http.response.body":
                await send(message)
                return
            body = message.get("body", b"")
            await send({"type": message["type"], "body": body[:1], "more_body": True})
            doom()
            await send({**message, "body": body[1:]})

        await app(scope, receive, first_byte)

    return dying


def main(folder: str, port: str, point: str = ANSWERING, nth: str = "1") -> None:
    """Serves until it dies."""
    place = Path(folder)
    app = doomed(create_app(sqlite_url(place), load_key(place)), point, int(nth))
    listener = socket.create_server(("127.0.0.1", int(port)))
    sys.stdout.write("listening\n")
    sys.stdout.flush()
    uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off")).run(sockets=[listener])


if __name__ == "__main__":
    main(*sys.argv[1:])
