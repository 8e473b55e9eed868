"""How long the server waits for somebody who is connected and says nothing.

Ends only what stands still: whoever sends, however slowly, is heard out. Connections are few, and a
stranger may hold one without a key; so that silence must not keep a laptop out.
"""

from __future__ import annotations

import asyncio

import h11
from typing_extensions import override
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 20.0  # for a whole request head: a slow line needs one or two
SILENCE_SECONDS = 60.0  # between two stretches of a body; laptops give up after 30


class PatientProtocol(H11Protocol):
    """HTTP/1.1 for `uvicorn.Config(http=...)`: a connection whose next request head is not there in
    time is closed, and one that stops in the rest of a body that was answered already.
    """

    _waiting: asyncio.TimerHandle | None = None
    _for_head = False

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(transport)
        self._watch()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    @override
    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    @override
    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def _watch(self) -> None:
        """A head has its time as a whole, however it drips in; a body until it stops."""
        head = self.conn.their_state is h11.IDLE
        rest = self.conn.their_state is h11.SEND_BODY and self.conn.our_state is h11.DONE
        if head and self._for_head and self._waiting is not None:
            return
        self._stop_waiting()
        if (head or rest) and not self.transport.is_closing():
            seconds = HEAD_SECONDS if head else SILENCE_SECONDS
            self._for_head = head
            self._waiting = self.loop.call_later(seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        self._waiting = None
        self.transport.close()
