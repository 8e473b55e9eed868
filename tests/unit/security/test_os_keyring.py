"""The OS keyring is used only when it is a real one, and whatever goes wrong there counts as "not
there".
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError
from typing_extensions import override

from app.security.os_keyring import ALLOWED, OsKeyring
from tests.memory_keyring import MemoryKeyring

MEMORY = frozenset({"tests.memory_keyring.MemoryKeyring"})


def test_a_secret_is_kept_and_found_again(memory_keyring: MemoryKeyring) -> None:
    secrets = OsKeyring(allowed=MEMORY)
    assert secrets.set("slot", "ab" * 32)
    assert secrets.get("slot") == "ab" * 32
    assert secrets.get("other") is None
    assert memory_keyring.secrets == {("Heshi", "slot"): "ab" * 32}


def test_a_keyring_that_is_not_on_the_list_gets_nothing(memory_keyring: MemoryKeyring) -> None:
    secrets = OsKeyring()
    assert secrets.name == ""
    assert not secrets.set("slot", "x")
    assert secrets.get("slot") is None
    assert memory_keyring.secrets == {}


def test_the_list_holds_real_classes() -> None:
    from keyring.backends import SecretService, Windows, kwallet, macOS

    classes = (SecretService.Keyring, Windows.WinVaultKeyring, kwallet.DBusKeyring, macOS.Keyring)
    assert {f"{one.__module__}.{one.__qualname__}" for one in classes} == ALLOWED


def test_of_a_chain_only_an_allowed_member_is_asked() -> None:
    class Plain(MemoryKeyring):
        """Stands for a plaintext backend."""

    plain, good = Plain(), MemoryKeyring()

    class Chain(ChainerBackend):
        backends = (plain, good)

    keyring.set_keyring(Chain())  # type: ignore[no-untyped-call]
    secrets = OsKeyring(allowed=MEMORY)
    assert secrets.set("slot", "x")
    assert plain.secrets == {}
    assert good.secrets == {("Heshi", "slot"): "x"}


class Broken(MemoryKeyring):
    """Raises what it was told to, at every call."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error

    @override
    def get_password(self, service: str, username: str) -> str | None:
        raise self.error

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.error


def name_of(backend: type[KeyringBackend]) -> frozenset[str]:
    return frozenset({f"{backend.__module__}.{backend.__qualname__}"})


@pytest.mark.parametrize(
    "error",
    [
        NoKeyringError(),
        KeyringLocked(),
        InitError("Failed to create the collection: Prompt dismissed"),
        KeyringError(),
        RuntimeError("no running event loop"),
        OSError(32, "broken pipe"),
        ValueError("jeepney"),
        TimeoutError(),
    ],
)
def test_whatever_a_keyring_raises_it_counts_as_missing(error: Exception) -> None:
    keyring.set_keyring(Broken(error))
    secrets = OsKeyring(allowed=name_of(Broken))
    assert secrets.get("slot") is None
    assert not secrets.set("slot", "x")


def test_a_keyring_that_forgets_at_once_has_kept_nothing() -> None:
    class Forgetful(MemoryKeyring):
        @override
        def set_password(self, service: str, username: str, password: str) -> None:
            self.secrets[service, username] = password[:16]

    keyring.set_keyring(Forgetful())
    assert not OsKeyring(allowed=name_of(Forgetful)).set("slot", "ab" * 32)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="POSIX")
def test_a_prompt_that_nobody_answers_ends(memory_keyring: MemoryKeyring) -> None:
    class Silent(MemoryKeyring):
        @override
        def get_password(self, service: str, username: str) -> str | None:
            threading.Event().wait(60)
            return None

    before = signal.getsignal(signal.SIGALRM)
    keyring.set_keyring(Silent())
    assert OsKeyring(allowed=name_of(Silent), patience=0.05).get("slot") is None
    assert signal.getsignal(signal.SIGALRM) == before


def test_another_thread_may_ask_too(memory_keyring: MemoryKeyring) -> None:
    found: list[str | None] = []
    secrets = OsKeyring(allowed=MEMORY)
    secrets.set("slot", "x")
    ask: Callable[[], None] = lambda: found.append(OsKeyring(allowed=MEMORY).get("slot"))  # noqa: E731
    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert found == ["x"]
