"""A way out is what the system's routes say: nothing is sent, and no name is looked up."""

from __future__ import annotations

import errno
import socket
from typing import Any

import pytest

from app.sync import way_out


class Routes:
    """Sockets of a computer whose routes are known; what is sent is an error."""

    def __init__(self, *families: socket.AddressFamily) -> None:
        self._families = families
        self.asked: list[str] = []

    def __call__(self, family: socket.AddressFamily, kind: socket.SocketKind) -> Any:
        assert kind is socket.SOCK_DGRAM
        routes = self

        class Probe:
            def __enter__(self) -> Probe:
                return self

            def __exit__(self, *_: object) -> None:
                return

            def connect(self, address: tuple[str, int]) -> None:
                routes.asked.append(address[0])
                if family not in routes._families:
                    raise OSError(errno.ENETUNREACH, "no way")

        return Probe()


@pytest.mark.parametrize(
    ("families", "there"),
    [((), False), ((socket.AF_INET,), True), ((socket.AF_INET6,), True)],
)
def test_one_way_is_enough(
    monkeypatch: pytest.MonkeyPatch, families: tuple[socket.AddressFamily, ...], there: bool
) -> None:
    routes = Routes(*families)
    monkeypatch.setattr(socket, "socket", routes)
    assert way_out.has_way_out() is there
    assert set(routes.asked) <= {"192.0.2.1", "2001:db8::1"}


def test_the_system_itself_answers_at_once() -> None:
    assert way_out.has_way_out() in (True, False)
